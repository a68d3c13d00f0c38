import { expect } from 'chai';
import { FairTurns } from '../../connector/concurrency/fair-turns.ts';

describe('fair turns', () => {
  /** In which order tasks of these keys end when they come while one is running. */
  const orderOf = async (keys: readonly string[]): Promise<string> => {
    const turns = new FairTurns({ perKey: 10, reservedKeys: 10, commonKeys: 10 });
    const order: string[] = [];
    const all = ['first', ...keys].map((key) =>
      turns.run(key.toLowerCase(), /[A-Z]/.test(key), async () => void order.push(key)),
    );
    await Promise.all(all);
    return order.slice(1).join('');
  };

  it('give each key one before any has another', async () => {
    expect(await orderOf(['a', 'a', 'a', 'b', 'c', 'b'])).to.equal('abcaba');
  });

  it('reserve every second one', async () => {
    expect(await orderOf(['a', 'b', 'c', 'd', 'A', 'B'])).to.equal('aBbAcd');
    expect(await orderOf(['A', 'B', 'a'])).to.equal('aBA');
  });

  it('go on after a task that fails', async () => {
    const turns = new FairTurns({ perKey: 2, reservedKeys: 1, commonKeys: 2 });
    const failed = turns.run('a', false, () => Promise.reject(new Error('no')));
    const next = turns.run('a', false, async () => 'done');
    expect(await failed.catch((error: Error) => error.message)).to.equal('no');
    expect(await next).to.equal('done');
  });

  it('know when a key, or a lane, has no more room', async () => {
    const turns = new FairTurns({ perKey: 2, reservedKeys: 1, commonKeys: 2 });
    const wait = async (): Promise<void> => undefined;
    const running = [turns.run('x', false, wait), ...['a', 'a', 'b'].map((key) => turns.run(key, false, wait))];
    expect(['a', 'b', 'c'].map((key) => turns.isFull(key, false))).to.deep.equal([true, false, true]);
    expect(['a', 'c'].map((key) => turns.isFull(key, true))).to.deep.equal([true, false]);
    running.push(turns.run('d', true, wait));
    expect(['d', 'e'].map((key) => turns.isFull(key, true))).to.deep.equal([false, true]);
    await Promise.all(running);
    expect(turns.isFull('a', false)).to.equal(false);
  });
});
