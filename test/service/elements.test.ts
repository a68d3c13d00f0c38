import { expect } from 'chai';
import { resourceTypes } from '../../connector/scim/schema/resource-type.ts';
import { patched } from '../../connector/service/patch.ts';

const { Group } = resourceTypes();

const members = (from: number, count: number): { value: string }[] =>
  Array.from({ length: count }, (_, i) => ({ value: `id-${from + i}` }));

const nothing = { attributes: {}, cleared: [], ignored: [], removals: [], deletions: [] };

describe('Elements', () => {
  // Looking at every member for every member would take minutes, far beyond the runner's limit.
  it('adds fifty thousand members to a hundred thousand, half of them known', () => {
    const current = { displayName: 'G', members: members(0, 100_000) };
    const result = patched(Group, current, { ...nothing, attributes: { members: members(75_000, 50_000) } });
    expect(result['members']).to.deep.equal(members(0, 125_000));
  });

  it('deletes fifty thousand of a hundred thousand', () => {
    const current = { displayName: 'G', members: members(0, 100_000) };
    const deletions = members(0, 50_000).map((element) => ({ path: { attribute: 'members' }, element }));
    expect(patched(Group, current, { ...nothing, deletions })['members']).to.deep.equal(members(50_000, 50_000));
  });

  it('tells ids apart by case', () => {
    const current = { displayName: 'G', members: [{ value: 'a' }] };
    const result = patched(Group, current, { ...nothing, attributes: { members: [{ value: 'A' }] } });
    expect(result['members']).to.deep.equal([{ value: 'a' }, { value: 'A' }]);
  });
});
