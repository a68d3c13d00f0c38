import { expect } from 'chai';
import {
  type EntitlementPlace,
  putEntitlements,
  removeEntitlements,
} from '../../../../connector/backend/postgres/entitlements/keep-entitlements.ts';
import { postgresDatabase } from '../../../support/postgres/suite.ts';
import { rejection } from '../../../support/rejection.ts';

describe('entitlements in PostgreSQL, kept by an operator', () => {
  const database = postgresDatabase();
  const place = (): EntitlementPlace => ({ settings: database.fresh.settings, schema: 'scim' });
  const listed = () =>
    database.fresh.admin('SELECT type, id, name, key, description FROM scim.entitlement ORDER BY seq');

  it('are added by their id, in the order of the file, and changed where they differ', async () => {
    const first = [
      { id: 'f3', name: 'Full', description: 'Everything' },
      { id: 'f1', name: 'ÄRGER' },
    ];
    expect(await putEntitlements(place(), 'License', first)).to.deep.equal({ added: 2, changed: 0, unchanged: 0 });
    const second = [first[0] as (typeof first)[0], { id: 'f1', name: 'Other' }, { id: 'F1', name: 'Other' }];
    expect(await putEntitlements(place(), 'License', second)).to.deep.equal({ added: 1, changed: 1, unchanged: 1 });
    expect(await listed()).to.deep.equal([
      { type: 'License', id: 'f3', name: 'Full', key: 'full', description: 'Everything' },
      { type: 'License', id: 'f1', name: 'Other', key: 'other', description: null },
      { type: 'License', id: 'F1', name: 'Other', key: 'other', description: null },
    ]);
  });

  it('go all together or none, and never one that somebody has', async () => {
    await putEntitlements(place(), 'License', [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B' },
    ]);
    const doc = JSON.stringify({
      userName: 'x',
      entitlements: [{ value: 'a' }],
      roles: [{ value: 'a', type: 'Role' }],
    });
    await database.fresh.admin(
      `INSERT INTO scim.resource (id, type, key, display, display_key, created, modified, version, doc, folded)
       VALUES ('1', 'User', 'x', 'x', 'x', 0, 0, 1, $1::json, $1::jsonb), ('2', 'User', 'y', 'y', 'y', 0, 0, 1, '{"entitlements": 1}', '{}')`,
      [doc],
    );
    expect((await rejection(removeEntitlements(place(), 'License', ['b', 'a']))).message).to.equal(
      'License "a": 1 person has it; take it away in Okta first',
    );
    expect((await rejection(removeEntitlements(place(), 'License', ['b', 'c']))).message).to.include('"c"');
    expect(await listed()).to.have.lengthOf(2);
    await removeEntitlements(place(), 'License', ['b']);
    expect(await listed()).to.have.lengthOf(1);
  });
});
