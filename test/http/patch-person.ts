export const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';
export const CUSTOM = 'urn:okta:onprem_app:1.0:user:custom';
/** A user with something to patch in every kind of attribute. */
export const full = {
  userName: 'asilva',
  nickName: 'Ana',
  name: { givenName: 'Ana', familyName: 'Silva', formatted: 'Ana Silva' },
  emails: [
    { value: 'work@x.org', type: 'work', primary: true },
    { value: 'home@x.org', type: 'home' },
  ],
  addresses: [{ type: 'work', streetAddress: '1 Old St', locality: 'Porto' }],
  roles: ['a', 'b'],
  [ENTERPRISE]: { department: 'R&D', costCenter: '7' },
  [CUSTOM]: { shoe: 41, tags: ['a', 'b'], home: { floor: 2, door: 'A' } },
};
