import { expect } from 'chai';
import type { PostgresBackend } from '../../../../connector/backend/postgres/postgres-backend.ts';
import { call } from '../../../conformance/company.ts';
import { Group, User } from '../../../conformance/people.ts';
import { twoConnectors } from '../two-connectors.ts';

describe('what applications may read in PostgreSQL', () => {
  const two = twoConnectors();
  let backend: PostgresBackend;
  beforeEach(() => {
    backend = two.a;
  });
  const rows = (text: string) => two.database.fresh.admin(text);

  it('has a row per user, with types of its own', async () => {
    const { id, meta } = await backend.create(call, User, {
      userName: 'ann',
      name: { givenName: 'Ann', familyName: 'Berg' },
      emails: [{ value: 'a@x.org' }, { value: 'b@x.org', primary: true }],
      externalId: 'E1',
    });
    await backend.create(call, User, { userName: 'bob', active: false, emails: [{ value: 'bob@x.org' }] });
    await backend.create(call, User, { userName: 'eve' });
    const [ann, bob, eve] = await rows('SELECT * FROM scim.users ORDER BY user_name');
    expect(ann).to.deep.include({
      ...{ id, user_name: 'ann', active: true, given_name: 'Ann', family_name: 'Berg', formatted_name: null },
      ...{ display_name: null, primary_email: 'b@x.org', password_hash: null, external_id: 'E1' },
      ...{ created: new Date(meta.created ?? ''), last_modified: new Date(meta.lastModified ?? '') },
    });
    expect(bob).to.include({ active: false, primary_email: 'bob@x.org' });
    expect(eve).to.include({ active: true, primary_email: null });
  });

  it('has groups, who is in them, and what people are given', async () => {
    const given = { entitlements: [{ value: 'f3', type: 'License' }], roles: [{ value: 'admin' }] };
    const { id } = await backend.create(call, User, { userName: 'ann', ...given });
    const inner = await backend.create(call, Group, { displayName: 'Inner', members: [{ value: id }] });
    const outer = await backend.create(call, Group, { displayName: 'Outer', members: [{ value: inner.id }] });
    expect(await rows('SELECT id, display_name, description FROM scim.groups ORDER BY display_name')).to.deep.equal([
      { id: inner.id, display_name: 'Inner', description: null },
      { id: outer.id, display_name: 'Outer', description: null },
    ]);
    expect(await rows('SELECT * FROM scim.memberships ORDER BY member_type')).to.deep.equal([
      { group_id: outer.id, member_id: inner.id, member_type: 'Group' },
      { group_id: inner.id, member_id: id, member_type: 'User' },
    ]);
    expect(await rows('SELECT * FROM scim.assignments ORDER BY attribute')).to.deep.equal([
      { user_id: id, attribute: 'entitlements', type: 'License', entitlement_id: 'f3' },
      { user_id: id, attribute: 'roles', type: null, entitlement_id: 'admin' },
    ]);
  });

  it('shows hashes of passwords to whoever may read their table, and to nobody else', async () => {
    await backend.create(call, User, { userName: 'ann', password: 'Str0ng-enough' });
    const seen = async (grants: string): Promise<unknown> => {
      const rival = await two.rival();
      await rival.run(`CREATE ROLE reader; GRANT USAGE ON SCHEMA scim TO reader; ${grants}; SET LOCAL ROLE reader`);
      const [[hash] = []] = await rival.run('SELECT password_hash FROM scim.users');
      await rival.rollBack();
      return hash;
    };
    expect(await seen('GRANT SELECT ON scim.users TO reader')).to.equal(null);
    expect(await seen('GRANT SELECT ON scim.users, scim.password TO reader')).to.match(/^\$argon2id\$/);
    await seen('SELECT').then(
      () => expect.fail('nobody was granted anything'),
      (error: Error) => expect(error.message).to.match(/permission denied/),
    );
  });
});
