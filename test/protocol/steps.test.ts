import { expect } from 'chai';
import { inTurns } from '../../connector/concurrency/turns.ts';
import { decodePatch, decodeResource, patchSteps, resourceSteps } from '../../connector/protocol/v1/decode.ts';
import { noCustomization, resourceTypes } from '../../connector/scim/schema/resource-type.ts';

const { Group } = resourceTypes(noCustomization);
const mode = { dialect: 'compatible' } as const;

describe('a group of many members', () => {
  const members = Array.from({ length: 20_000 }, (_, index) => ({ value: `id${index}`, display: `x${index}` }));
  const body = { displayName: 'g', members };

  it('is read in steps of some members', () => {
    for (const steps of [resourceSteps(Group, body, mode), patchSteps(Group, body, mode)]) {
      let count = 0;
      while (!steps.next().done) count += 1;
      expect(count).to.be.at.least(300);
    }
  });

  it('is the same whether it is read in one turn or in many', async () => {
    const pass = (): void => undefined;
    expect(await inTurns(resourceSteps(Group, body, mode), pass)).to.deep.equal(decodeResource(Group, body, mode));
    expect(await inTurns(patchSteps(Group, body, mode), pass)).to.deep.equal(decodePatch(Group, body, mode));
  });
});

describe('work in turns', () => {
  function* slow(pieces: number): Generator<void, number> {
    for (let done = 0; done < pieces; done += 1) {
      for (const begun = performance.now(); performance.now() - begun < 10; );
      yield;
    }
    return pieces;
  }

  it('takes one turn at a time, however many there are, and stops when nobody needs it', async () => {
    const order: string[] = [];
    const work = (name: string): Promise<number> => inTurns(slow(3), () => order.push(name));
    let timers = 0;
    const clock = setInterval(() => {
      timers += 1;
    }, 0);
    expect(await Promise.all([work('a'), work('b')])).to.deep.equal([3, 3]);
    clearInterval(clock);
    expect(order.slice(0, 4)).to.deep.equal(['a', 'b', 'a', 'b']);
    expect(timers).to.be.at.least(3);
    const stop = inTurns(slow(1000), () => {
      throw new Error('not needed');
    });
    expect(await stop.catch(({ message }: Error) => message)).to.equal('not needed');
  });
});
