import { expect } from 'chai';
import type { Backend } from '../../connector/backend/backend.ts';
import { ScimError } from '../../connector/scim/error.ts';
import type { Resource } from '../../connector/scim/resource.ts';
import type { MakeBackend } from './backend.ts';
import { call, everyone } from './company.ts';
import { Group, User } from './people.ts';

const RIVALS = 8;

/** Starts all before any can end: the race is forced, not hoped for. */
const rivals = <T>(start: (index: number) => Promise<T>): Promise<PromiseSettledResult<T>[]> =>
  Promise.allSettled(Array.from({ length: RIVALS }, (_, index) => start(index)));

const wins = (outcomes: readonly PromiseSettledResult<unknown>[]): number =>
  outcomes.filter(({ status }) => status === 'fulfilled').length;

const reasons = (outcomes: readonly PromiseSettledResult<unknown>[]): unknown[] =>
  outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' && outcome.reason instanceof ScimError ? [outcome.reason.reason] : [],
  );

export function describeRaces(make: MakeBackend): void {
  describe('races', () => {
    let backend: Backend;
    beforeEach(async () => {
      backend = await make();
    });
    afterEach(() => backend.close());

    it('lets exactly one of many changes made against the same version win', async function () {
      if (!['guarded', 'atomic'].includes(backend.capabilities.versioning)) this.skip();
      const ann = await backend.create(call, User, { userName: 'ann' });
      const outcomes = await rivals((index) =>
        backend.modify(call, User, ann.id, [{ op: 'set', path: { attribute: 'title' }, value: `t${index}` }], ann),
      );
      expect(wins(outcomes)).to.equal(1);
      expect(reasons(outcomes)).to.deep.equal(Array(RIVALS - 1).fill('versionMismatch'));
      const winner = outcomes.find((outcome) => outcome.status === 'fulfilled') as PromiseFulfilledResult<Resource>;
      expect(await backend.get(call, User, ann.id)).to.deep.equal(winner.value);
    });

    it('lets exactly one of many creations of a name win', async () => {
      const outcomes = await rivals((index) =>
        backend.create(call, User, { userName: index % 2 ? 'ann' : 'ANN', password: `Str0ng-enough-${index}` }),
      );
      expect(wins(outcomes)).to.equal(1);
      expect(reasons(outcomes)).to.deep.equal(Array(RIVALS - 1).fill('uniqueness'));
      expect((await backend.list(call, User, everyone)).total).to.equal(1);
    });

    it('loses no change that names no version', async () => {
      const { id } = await backend.create(call, Group, { displayName: 'G' });
      const members = await rivals((index) => backend.create(call, User, { userName: `u${index}` }));
      const ids = members.map((outcome) => (outcome as PromiseFulfilledResult<Resource>).value.id);
      await rivals((index) =>
        backend.modify(call, Group, id, [
          { op: 'add', path: { attribute: 'members' }, values: [{ value: ids[index] ?? '' }] },
        ]),
      );
      const { attributes } = await backend.get(call, Group, id);
      expect(attributes['members']).to.have.length(RIVALS);
    });

    it('fails one among many without harm to the others', async () => {
      await backend.create(call, User, { userName: 'taken' });
      const outcomes = await rivals((index) =>
        backend.create(call, User, { userName: index === 3 ? 'Taken' : `u${index}` }),
      );
      expect(outcomes.map(({ status }) => status === 'rejected').indexOf(true)).to.equal(3);
      expect(wins(outcomes)).to.equal(RIVALS - 1);
      expect((await backend.list(call, User, everyone)).total).to.equal(RIVALS);
    });
  });
}
