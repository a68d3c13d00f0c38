import { expect } from 'chai';
import { expectRefusal, forEachBackend, type Subject } from '../support/for-each-backend.ts';

const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';
const CUSTOM = 'urn:okta:onprem_app:1.0:user:custom';
const full = {
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

/** Sends one PATCH to a new `full` user; answers with the attributes that differ from what was there. */
async function change(subject: Subject, patch: object): Promise<Record<string, unknown>> {
  const { id, meta, ...before } = await subject.user(full);
  const reply = await subject.patch(`/Users/${id}`, patch);
  expect(reply.status, reply.text).to.equal(200);
  expect((await subject.get(`/Users/${id}`)).body).to.deep.equal(reply.body);
  expect(reply.headers.get('etag')).to.equal(reply.body.meta.version);
  expect(reply.headers.get('location')).to.equal(meta.location);
  const { id: _, meta: after, ...now } = reply.body;
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  const changed = [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]));
  // What changes nothing leaves the version as it was, and what changes something does not.
  expect(after.version === meta.version).to.equal(changed.length === 0);
  return Object.fromEntries(changed.map((name) => [name, now[name]]));
}

/** SCIM 1.1 API §3.3.2; Core §3.2, §6.1, §7. */
forEachBackend('PATCH', {}, (subject) => {
  const cases: readonly (readonly [string, object, object])[] = [
    ['changes nothing for {}', {}, {}],
    ['changes nothing for schemas and meta alone', { schemas: ['urn:scim:schemas:core:1.0'], meta: {} }, {}],
    ['replaces a simple attribute', { nickName: 'Bee' }, { nickName: 'Bee' }],
    ['deactivates', { id: 'x', active: false }, { active: false }],
    ['removes by meta.attributes', { meta: { attributes: ['NICKNAME'] } }, { nickName: undefined }],
    ['removes by { value } too', { meta: { attributes: [{ value: 'nickName' }] } }, { nickName: undefined }],
    ['does not mind what is not there, or not known', { meta: { attributes: ['title', 'email', ''] } }, {}],
    ['replaces what is in both', { meta: { attributes: ['nickName'] }, nickName: 'Z' }, { nickName: 'Z' }],
    ['merges a complex attribute', { name: { familyName: 'Costa' } }, { name: { ...full.name, familyName: 'Costa' } }],
    [
      'removes a part and keeps the rest',
      { meta: { attributes: ['name.formatted', 'name.givenName'] } },
      { name: { familyName: 'Silva' } },
    ],
    ['removes a whole complex attribute', { meta: { attributes: ['name'] } }, { name: undefined }],
    [
      'removes the attribute with its last part',
      { meta: { attributes: ['name.formatted', 'name.givenName', 'name.familyName'] } },
      { name: undefined },
    ],
    [
      'merges an extension',
      { [ENTERPRISE]: { department: 'Sales' } },
      { [ENTERPRISE]: { department: 'Sales', costCenter: '7' } },
    ],
    [
      'removes from an extension by its full name',
      { meta: { attributes: [`${ENTERPRISE}:department`, `${CUSTOM}:home.door`] } },
      { [ENTERPRISE]: { costCenter: '7' }, [CUSTOM]: { ...full[CUSTOM], home: { floor: 2 } } },
    ],
    ['does not take a part from what has none', { meta: { attributes: [`${CUSTOM}:shoe.size`] } }, {}],
    [
      'adds to a custom list and merges a custom object',
      { [CUSTOM]: { tags: ['b', 'c'], home: { door: 'B' } } },
      { [CUSTOM]: { shoe: 41, tags: ['a', 'b', 'c'], home: { floor: 2, door: 'B' } } },
    ],
    ['adds a value', { emails: [{ value: 'n@x.org' }] }, { emails: [...full.emails, { value: 'n@x.org' }] }],
    ['adds none that is there, in any case', { roles: ['a', { value: 'b' }] }, {}],
    [
      'merges a value',
      { emails: [{ value: 'home@x.org', type: 'other' }] },
      { emails: [full.emails[0], { value: 'home@x.org', type: 'other' }] },
    ],
    [
      'moves the primary to a new value',
      { emails: [{ value: 'n@x.org', primary: true }] },
      { emails: [{ ...full.emails[0], primary: false }, full.emails[1], { value: 'n@x.org', primary: true }] },
    ],
    [
      'moves the primary to a known value',
      { emails: [{ value: 'HOME@x.org', primary: true }] },
      {
        emails: [
          { ...full.emails[0], primary: false },
          { value: 'HOME@x.org', type: 'home', primary: true },
        ],
      },
    ],
    [
      'leaves no primary when the only one is unset',
      { emails: [{ value: 'work@x.org', primary: false }] },
      { emails: [{ ...full.emails[0], primary: false }, full.emails[1]] },
    ],
    [
      'deletes a value, by the value alone',
      { emails: [{ value: 'home@x.org', type: 'nonsense', operation: 'delete' }] },
      { emails: [full.emails[0]] },
    ],
    ['deletes none that is not there', { emails: [{ value: 'x@x.org', operation: 'Delete' }] }, {}],
    [
      'deletes the last value and the attribute with it',
      {
        roles: [
          { value: 'a', operation: 'delete' },
          { value: 'b', operation: 'delete' },
        ],
      },
      { roles: undefined },
    ],
    [
      'removes first, then adds what is in the same list',
      { roles: ['c', { value: 'a', operation: 'delete' }, 'b', { value: 'b', operation: 'delete' }] },
      { roles: [{ value: 'c' }, { value: 'b' }] },
    ],
    [
      'ignores a deletion from what is removed as a whole',
      { meta: { attributes: ['roles'] }, roles: [{ value: 'a', operation: 'delete' }] },
      { roles: undefined },
    ],
    ['replaces all values', { meta: { attributes: ['roles.value'] }, roles: ['z'] }, { roles: [{ value: 'z' }] }],
    [
      'removes a part from every value',
      { meta: { attributes: ['emails.type', 'emails.primary'] } },
      { emails: [{ value: 'work@x.org' }, { value: 'home@x.org' }] },
    ],
    [
      'puts an address beside the old one',
      { addresses: [{ type: 'work', locality: 'Lisboa' }] },
      { addresses: [...full.addresses, { type: 'work', locality: 'Lisboa' }] },
    ],
    [
      'takes an address that says less for another one',
      { addresses: [{ type: 'work' }] },
      { addresses: [...full.addresses, { type: 'work' }] },
    ],
    ['adds no identical address', { addresses: full.addresses }, {}],
    [
      'replaces an address by deleting it whole',
      {
        addresses: [
          { ...full.addresses[0], operation: 'delete' },
          { type: 'work', locality: 'Faro' },
        ],
      },
      { addresses: [{ type: 'work', locality: 'Faro' }] },
    ],
    ['ignores null, "" and []', { nickName: null, name: { givenName: '' }, emails: [], [ENTERPRISE]: null }, {}],
    [
      'ignores what is read-only',
      {
        id: 'x',
        groups: [{ value: 'x' }],
        meta: { created: '1999-01-01T00:00:00Z' },
        emails: [{ value: 'home@x.org', display: 'x' }],
      },
      {},
    ],
    ['sets a password and shows nothing of it', { nickName: 'x', password: 'secret-1' }, { nickName: 'x' }],
  ];
  for (const [what, patch, expected] of cases) {
    it(what, async () => {
      expect(await change(subject, patch)).to.deep.equal(expected);
    });
  }

  const refused: readonly (readonly [string, object, RegExp])[] = [
    ['to remove userName', { nickName: 'x', meta: { attributes: ['userName'] } }, /^userName is required/],
    ['to remove id', { meta: { attributes: ['id'] } }, /"id" is read-only/],
    ['to remove groups', { meta: { attributes: ['groups'] } }, /"groups" is read-only/],
    ['to remove meta.created', { meta: { attributes: ['meta.created'] } }, /is read-only/],
    ['to remove display', { meta: { attributes: ['emails.display'] } }, /is read-only/],
    ['to remove the password', { meta: { attributes: ['password'] } }, /password can be replaced, not removed/],
    ['names that are no list', { meta: { attributes: 'nickName' } }, /^meta\.attributes must be a list/],
    ['names that are no text', { meta: { attributes: [7] } }, /^meta\.attributes must be a list/],
    ['another operation', { roles: [{ value: 'c', operation: 'add' }] }, /roles\.operation must be "delete"/],
    [
      'two primaries',
      {
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
      /one value may/,
    ],
    ['a wrong type', { nickName: 'x', name: 'Bob' }, /^name must be an object/],
    ['what is 2.0', { Operations: [{ op: 'add' }] }, /this is a SCIM 2\.0 PatchOp/],
    ['an unknown manager', { nickName: 'x', [ENTERPRISE]: { manager: { managerId: 'no' } } }, /"no"/],
  ];
  for (const [what, patch, text] of refused) {
    it(`refuses ${what}, and changes nothing`, async () => {
      const before = await subject.user(full);
      expectRefusal(await subject.patch(`/Users/${before.id}`, patch), 400, text);
      expect((await subject.get(`/Users/${before.id}`)).body).to.deep.equal(before);
    });
  }

  it('replaces the password when it is in both', async () => {
    expect(
      await change(subject, { meta: { attributes: ['password'] }, password: 'new-1', nickName: 'x' }),
    ).to.deep.equal({
      nickName: 'x',
    });
  });

  it('asks which is meant when a value is there twice', async () => {
    const emails = [
      { value: 'a@x.org', type: 'work' },
      { value: 'a@x.org', type: 'home' },
    ];
    const { id } = await subject.user({ userName: 'a', emails });
    const path = `/Users/${id}`;
    expectRefusal(
      await subject.patch(path, { emails: [{ value: 'a@x.org', operation: 'delete' }] }),
      400,
      /not unique/,
    );
    const merged = await subject.patch(path, { emails: [{ value: 'a@x.org', type: 'home', primary: true }] });
    expect(merged.body.emails).to.deep.equal([emails[0], { ...emails[1], primary: true }]);
    const added = await subject.patch(path, { emails: [{ value: 'a@x.org', type: 'other' }] });
    expect(added.body.emails).to.have.length(3);
    const deleted = await subject.patch(path, { emails: [{ value: 'a@x.org', type: 'work', operation: 'delete' }] });
    expect(deleted.body.emails.map((e: { type: string }) => e.type)).to.deep.equal(['home', 'other']);
  });

  it('refuses the userName of another and knows nobody else', async () => {
    const { id } = await subject.user({ userName: 'a' });
    await subject.user({ userName: 'b' });
    expectRefusal(await subject.patch(`/Users/${id}`, { userName: 'B' }), 409, /^userName/);
    expectRefusal(await subject.patch('/Users/nope', { nickName: 'x' }), 404, /not found/);
    expect((await subject.patch(`/Users/${id}`, { userName: 'c' })).body).to.include({ userName: 'c', id });
  });

  it('keeps a manager whose name alone is sent', async () => {
    const boss = await subject.user({ userName: 'boss', displayName: 'Boss' });
    const { id } = await subject.user({ userName: 'a', [ENTERPRISE]: { manager: { managerId: boss.id } } });
    const { body } = await subject.patch(`/Users/${id}`, { [ENTERPRISE]: { manager: { displayName: 'x' } } });
    expect(body[ENTERPRISE].manager).to.deep.equal({ managerId: boss.id, displayName: 'Boss' });
  });
});

/** SCIM 1.1 API §3.9. */
forEachBackend('PATCH when it is off', { offer: { patch: false } }, (subject) => {
  it('answers 501 and says so in the configuration', async () => {
    const { id } = await subject.user({ userName: 'a' });
    expectRefusal(await subject.patch(`/Users/${id}`, { nickName: 'x' }), 501, /PATCH is switched off/);
    expectRefusal(await subject.patch(`/Users/${id}`, ''), 501, /PATCH is switched off/);
    expect((await subject.get('/ServiceProviderConfigs')).body.patch).to.deep.equal({ supported: false });
  });
});
