import { expect } from 'chai';
import { DanglingMembers } from '../../../connector/operations/preview/dangling.ts';
import { Fingerprints } from '../../../connector/operations/preview/fingerprints.ts';
import type { Served } from '../../../connector/operations/preview/served-pages.ts';
import { ScimError } from '../../../connector/scim/error.ts';
import { resourceTypes } from '../../../connector/scim/schema/resource-type.ts';

const { User, Group } = resourceTypes();

describe('members of groups whom no list held', () => {
  const asked: string[] = [];
  /** A service in which `late` has been made since the users were listed. */
  const served = {
    call: () => ({ requestId: 'test', actor: 'test', signal: new AbortController().signal }),
    service: {
      get: async (_: unknown, type: { readonly name: string }, id: string) => {
        asked.push(`${type.name} ${id}`);
        if (id === 'late') return { id };
        throw new ScimError('notFound', 'no such user', { fault: 'id-unknown' });
      },
    },
  } as unknown as Served;

  it('are told with their group; groups that come later and people who came meanwhile are none', async () => {
    const known = new Fingerprints();
    known.add('ann');
    const members = new DanglingMembers(known);
    const of = (id: string, ...ids: readonly string[]) =>
      members.look({ id, displayName: `Group ${id}`, members: ids.map((value) => ({ value })) });
    of('g1', 'ann', 'gone', 'g2', 'late');
    of('g2', 'gone');
    of('g3');
    expect(members.memberships).to.equal(5);
    const { count, examples } = await members.left(served, [User, Group], 1);
    expect(count).to.equal(2);
    expect(examples).to.deep.equal([{ id: 'g1', name: 'Group g1', text: 'its member gone is nobody Okta is shown' }]);
    expect(asked).to.deep.equal(['User gone', 'Group gone', 'User late']);
  });
});
