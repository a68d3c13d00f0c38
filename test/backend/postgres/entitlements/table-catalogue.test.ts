import { expect } from 'chai';
import { putEntitlements } from '../../../../connector/backend/postgres/entitlements/keep-entitlements.ts';
import { bindFilter } from '../../../../connector/scim/filter/bind.ts';
import { parseFilter } from '../../../../connector/scim/filter/parse.ts';
import type { EntitlementType } from '../../../../connector/scim/schema/entitlement.ts';
import { entitlementSchema } from '../../../../connector/scim/schema/entitlement-schema.ts';
import { call } from '../../../conformance/company.ts';
import { twoConnectors } from '../two-connectors.ts';

const LICENSE: EntitlementType = {
  name: 'License',
  kind: 'entitlement',
  endpoint: '/Licenses',
  description: 'License',
  single: false,
};

describe('the entitlements of a PostgreSQL database', () => {
  const two = twoConnectors();
  const catalogue = () => two.a.catalogue(LICENSE);
  beforeEach(async () => {
    const place = { settings: two.database.settings, schema: 'scim' };
    await putEntitlements(place, 'License', [
      { id: 'f3', name: 'Full', description: 'Everything' },
      { id: 'f1', name: 'ÄRGER' },
      { id: 'F1', name: 'Other' },
    ]);
    await putEntitlements(place, 'Profile', [{ id: 'f1', name: 'Standard' }]);
  });
  const idsOf = async (filter: string): Promise<readonly string[]> => {
    const bound = bindFilter(entitlementSchema(LICENSE), parseFilter(filter), 'filter');
    return (await catalogue().list(call, { filter: bound, offset: 0, limit: 9 })).resources.map(({ id }) => id);
  };

  it('come in the order in which they were made, each kind by itself', async () => {
    const { total, resources } = await catalogue().list(call, { offset: 1, limit: 1 });
    expect([total, resources.map(({ id }) => id)]).to.deep.equal([3, ['f1']]);
    expect(resources[0]?.attributes).to.deep.equal({ displayName: 'ÄRGER' });
    expect(await catalogue().list(call, { offset: 9, limit: 1 })).to.deep.equal({ total: 3, resources: [] });
    expect(await catalogue().list(call, { offset: 0, limit: 0 })).to.deep.equal({ total: 3, resources: [] });
  });

  it('are found by their ids, letter by letter, and what is no text is none', async () => {
    const found = await catalogue().find(call, ['f1', 'F3', 'f\0', '\ud800', 'f1']);
    expect([...found.keys()]).to.deep.equal(['f1']);
    expect(await idsOf('id eq "f1"')).to.deep.equal(['f1']);
    expect(await idsOf('id eq "\\u0000"')).to.deep.equal([]);
  });

  it('are found by name, whatever its case, and by all else that they have', async () => {
    expect(await idsOf('displayName eq "ärger"')).to.deep.equal(['f1']);
    expect(await idsOf('displayName co "r"')).to.deep.equal(['f1', 'F1']);
    expect(await idsOf('description pr')).to.deep.equal(['f3']);
    expect(await idsOf('displayName eq "\\u0000"')).to.deep.equal([]);
  });
});
