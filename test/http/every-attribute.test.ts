import { expect } from 'chai';
import { forEachBackend, query } from '../support/for-each-backend.ts';

const CORE = 'urn:scim:schemas:core:1.0';
const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';

/** One value for every attribute that a client may write (SCIM 1.1 Core §6, §7). */
const everything = {
  externalId: 'hr-77',
  userName: 'asilva',
  name: {
    formatted: 'Ms. Ana Maria Silva III',
    familyName: 'Silva',
    givenName: 'Ana',
    middleName: 'Maria',
    honorificPrefix: 'Ms.',
    honorificSuffix: 'III',
  },
  displayName: 'Ana Silva',
  nickName: 'Ani',
  profileUrl: 'https://login.example.com/asilva',
  title: 'Tour Guide <Good \'ol & "new"> 漢字 😀',
  userType: 'Employee',
  preferredLanguage: 'en_US',
  locale: 'en_US',
  timezone: 'America/Los_Angeles',
  active: false,
  emails: [
    { value: 'ana@example.com', type: 'work', primary: true },
    { value: 'ana@home.org', type: 'home' },
  ],
  phoneNumbers: [{ value: 'tel:+1-201-555-0123', type: 'work' }],
  ims: [{ value: 'someaimhandle', type: 'aim' }],
  photos: [{ value: 'https://photos.example.com/A.jpg', type: 'photo' }],
  addresses: [
    {
      formatted: '100 Main St\nPorto',
      streetAddress: '100 Main St',
      locality: 'Porto',
      region: 'Norte',
      postalCode: '4000-001',
      country: 'PT',
      type: 'work',
      primary: true,
    },
  ],
  entitlements: [{ value: 'all', type: 'license' }],
  roles: [{ value: 'guide' }],
  x509Certificates: [{ value: 'TUlJQw==' }],
};
const enterprise = {
  employeeNumber: '701984',
  costCenter: '4130',
  organization: 'Example',
  division: 'Theme Park',
  department: 'Tours',
};

/** `path eq value` for each simple value in `attributes`. */
function equalities(attributes: Readonly<Record<string, unknown>>, prefix = ''): string[] {
  return Object.entries(attributes).flatMap(([name, value]) => {
    if (Array.isArray(value)) return value.flatMap((element) => equalities(element, `${prefix}${name}.`));
    if (typeof value === 'object') return equalities(value as Record<string, unknown>, `${prefix}${name}.`);
    return [`${prefix}${name} eq ${JSON.stringify(value)}`];
  });
}

/** SCIM 1.1 API §3.2.2.1, §3.3.2, §3.7; Core §3, §6.1, §6.2, §7. */
forEachBackend('every attribute', {}, (subject) => {
  it('comes back as it was sent, in POST, GET, PUT and lists', async () => {
    const boss = await subject.user({ userName: 'boss', displayName: 'Boss' });
    const manager = { managerId: boss.id };
    const sent = { ...everything, [ENTERPRISE]: { ...enterprise, manager } };
    const { id, meta, schemas, ...created } = await subject.user(sent);
    expect(schemas).to.deep.equal([CORE, ENTERPRISE]);
    expect(meta).to.have.all.keys('created', 'lastModified', 'location', 'version');
    const expected = {
      ...everything,
      [ENTERPRISE]: { ...enterprise, manager: { ...manager, displayName: 'Boss' } },
    };
    expect(created).to.deep.equal(expected);
    expect((await subject.get(`/Users/${id}`)).body).to.deep.include(expected);
    expect((await subject.put(`/Users/${id}`, sent)).body).to.deep.include(expected);
    const { body } = await subject.get(`/Users${query({ filter: `id eq "${id}"` })}`);
    expect(body.Resources[0]).to.deep.include(expected);
  });

  it('can be filtered and sorted by, selected and removed', async () => {
    const { id } = await subject.user({ ...everything, [ENTERPRISE]: enterprise });
    await subject.user({ userName: 'other' });
    const filters = [...equalities(everything), ...equalities(enterprise, `${ENTERPRISE}:`)];
    expect(filters.length).to.be.greaterThan(40);
    for (const filter of filters) {
      expect(await subject.names(`/Users${query({ filter })}`), filter).to.deep.equal(['asilva']);
      const [path = ''] = filter.split(' eq ');
      const sorted = await subject.names(
        `/Users${query({ sortBy: path, filter: `${path} pr or userName eq "other"` })}`,
      );
      expect(sorted, path).to.have.members(['asilva', 'other']);
      const { body } = await subject.get(`/Users/${id}${query({ attributes: path })}`);
      expect(Object.keys(body), path).to.have.length(4);
    }
    const removable = filters.map((filter) => filter.split(' eq ')[0]).filter((path) => path !== 'userName');
    const { body } = await subject.patch(`/Users/${id}`, { meta: { attributes: removable } });
    expect(body).to.have.all.keys('schemas', 'id', 'meta', 'userName');
  });

  it('is in no answer under the name that 2.0 gives it', async () => {
    const user = await subject.user({ userName: 'a', [ENTERPRISE]: { division: 'x' } });
    const group = await subject.group({ displayName: 'G', members: [user.id] });
    expect(JSON.stringify([user, group])).to.not.match(/\$ref|resourceType|urn:ietf/);
    const body = { userName: 'b', [ENTERPRISE]: { manager: { value: user.id } } };
    expect(await subject.user(body)).to.not.have.property(ENTERPRISE);
  });
});
