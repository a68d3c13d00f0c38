import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import type { LdapEntitlements } from '../../../../connector/backend/ldap/settings/entitlements-table.ts';
import type { Page } from '../../../../connector/scim/query.ts';
import type { ResourceTypes } from '../../../../connector/scim/schema/resource-type.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend } from '../../../support/directories/ldap-backend.ts';
import { groupsLdif, peopleLdif } from '../../../support/directories/people.ts';
import { Meter } from '../../../support/directories/watched.ts';
import { call, has, schemaOf } from './entitled-directory.ts';

const [EACH, PEOPLE] = [5_000, 10_000];

const KINDS = (base: string): readonly LdapEntitlements[] =>
  ['License', 'Profile', 'Role'].map((name) => ({
    name,
    kind: name === 'Role' ? 'role' : 'entitlement',
    endpoint: `/${name}s`,
    description: name,
    single: false,
    base,
    filter: `(cn=${name.toLowerCase()}*)`,
  }));

// The searches are the same everywhere, and only here are so many entries made in seconds.
describe('three kinds of 5,000 groups and 10,000 people (openldap)', () => {
  const server = directoryLab('openldap');
  const meter = new Meter();
  let backend: LdapBackend;
  let types: ResourceTypes;
  before(async function prepare() {
    this.timeout(120_000);
    const { flavour } = server.lab;
    const groups = groupsLdif(flavour, EACH, 4, PEOPLE);
    const kinds = KINDS(flavour.groups);
    const each = kinds.map(({ name }) =>
      groups.replaceAll('group', name.toLowerCase()).replaceAll(`ou=${name.toLowerCase()}s`, 'ou=groups'),
    );
    await server.lab.load(
      peopleLdif(flavour, PEOPLE) +
        each.map((ldif) => ldif.replaceAll(/objectClass: \w+OfNames/g, 'objectClass: groupOfNames')).join(''),
    );
    types = schemaOf(kinds);
    backend = await openBackend(
      server.lab,
      { entitlements: kinds, ldap: { reference_ttl: 600_000 } },
      types,
      meter.wrap,
    );
  });
  after(() => backend?.close());

  const page = (offset: number, limit: number): Promise<Page> =>
    backend.list(call, types.User, { offset, limit, without: ['groups'] });
  const without = (offset: number, limit: number): Promise<Page> =>
    backend.list(call, types.User, { offset, limit, without: ['groups', 'entitlements'] });

  it('are read once for pages of people, which cost no search more each', async () => {
    // The ids of the list, once for all pages.
    await without(0, 1);
    const bare = await meter.of(() => without(100, 100));
    const first = await meter.of(() => page(100, 100));
    const second = await meter.of(() => page(200, 100));
    expect([first.searches - bare.searches, second.searches - bare.searches]).to.deep.equal([KINDS('').length, 0]);
    expect([first.entries - bare.entries, second.entries - bare.entries]).to.deep.equal([3 * EACH, 0]);
    const { resources } = await page(0, 200);
    expect(resources.filter((person) => has(person).length > 0)).to.have.length(200);
  });

  it('are listed with as many searches for a hundred as for one, and none of their members', async () => {
    const [kind] = KINDS(server.lab.flavour.groups);
    const catalogue = backend.catalogue(kind as LdapEntitlements);
    expect((await catalogue.list(call, { offset: 0, limit: 1 })).total).to.equal(EACH);
    const one = await meter.of(() => catalogue.list(call, { offset: 1, limit: 1 }));
    const many = await meter.of(() => catalogue.list(call, { offset: 2, limit: 100 }));
    expect([one.searches, one.entries, many.searches, many.entries]).to.deep.equal([1, 1, 1, 100]);
    expect(many.bytes).to.be.below(100 * 400);
  });

  it('of one person cost a search for each kind', async () => {
    const [person] = (await without(5, 1)).resources;
    const id = person?.id ?? '';
    const bare = await meter.of(() => backend.get(call, types.User, id, { without: ['groups', 'entitlements'] }));
    const fresh = await openBackend(server.lab, { entitlements: KINDS(server.lab.flavour.groups) }, types, meter.wrap);
    try {
      await fresh.get(call, types.User, id, { without: ['groups', 'entitlements'] });
      const whole = await meter.of(() => fresh.get(call, types.User, id, { without: ['groups'] }));
      expect(whole.searches - bare.searches).to.equal(3);
    } finally {
      await fresh.close();
    }
  });
});
