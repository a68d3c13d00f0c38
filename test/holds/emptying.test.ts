import { expect } from 'chai';
import { call, draft, Group, outcomeOf, patch, whereverTheyAreKept } from './held-app.ts';

whereverTheyAreKept('the limit of emptied groups', (suite) => {
  it('is not passed by two processes that take members out of the same groups at once', async () => {
    const { apps } = suite;
    // The sixth is the one too many, and comes with the fifth.
    const ids = await apps.people(11);
    const groups = await Promise.all(Array.from({ length: 20 }, (_, n) => apps.group(`G${n}`, ids)));
    const limits = { emptied_groups: { count: 2, percent: 10 } };
    const both = [apps.serve(limits), apps.serve(limits)];
    for (const group of groups)
      await Promise.all(
        ids
          .slice(0, 6)
          .map((id, n) =>
            outcomeOf((both[n % 2] as never as (typeof both)[0]).patch(call, Group, group, patch({}, [id]))),
          ),
      );
    const sizes = await Promise.all(groups.map((id) => apps.size(id)));
    expect(sizes.filter((size) => size < 6)).to.have.length(2);
  });

  it('is decided like others: what took members out is refused after a rejection', async () => {
    const { apps } = suite;
    const ids = await apps.people(8);
    const groups = await Promise.all(Array.from({ length: 20 }, (_, n) => apps.group(`G${n}`, ids)));
    const service = apps.serve({ emptied_groups: { count: 2, percent: 10 } });
    const empty = (n: number) =>
      outcomeOf(service.replace(call, Group, groups[n] ?? '', draft({ displayName: `G${n}` })));
    expect([await empty(0), await empty(1), await empty(2), await empty(3)]).to.deep.equal([
      ...['done', 'done', 'changes-held', 'changes-held'],
    ]);
    await apps.desk((desk) => desk.reject(1, { actor: 'ops' }));
    expect([await empty(2), await empty(3)]).to.deep.equal(['held-change-rejected', 'held-change-rejected']);
    await apps.desk((desk) => desk.release(1, { actor: 'ops' }));
    expect([await empty(2), await empty(3), await empty(4)]).to.deep.equal(['done', 'done', 'done']);
  });
});
