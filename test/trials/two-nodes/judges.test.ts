import { expect } from 'chai';
import { Random } from '../../../connector/simulator/random.ts';
import type { Attempted } from './going-on.ts';
import { judgeImport } from './import-judge.ts';
import { judgeRecords } from './journal-judge.ts';
import { MovingClient } from './moving-client.ts';
import { serialOrder } from './serial-order.ts';

const answered = (status: number): Attempted => ({ status, headers: {}, text: '{}', isRepeated: false });

describe('what judges two connectors', () => {
  const due = new Map([
    ['ann', '1'],
    ['bob', '2'],
  ]);
  const mayBe = (name: string): boolean => name === 'new';
  const judged = (...listed: readonly (readonly [string, string])[]): readonly string[] =>
    judgeImport(
      listed.map(([userName, id]) => ({ userName, id })),
      { due, mayBe },
    );

  it('sees an import that is short, double, with other ids or with strangers', () => {
    expect(judged(['bob', '2'], ['ann', '1'], ['new', '3'])).to.deep.equal([]);
    expect(judged(['ann', '1'])).to.deep.equal(['import: missing 1, bob among them']);
    expect(judged(['ann', '1'], ['bob', '2'], ['ann', '1'])).to.deep.equal(['import: shown twice 1, ann among them']);
    expect(judged(['ann', '1'], ['bob', '9'])).to.deep.equal(['import: under another id 1, bob among them']);
    expect(judged(['ann', '1'], ['bob', '2'], ['new', '3'], ['new', '4'])).to.have.length(1);
    expect(judged(['ann', '1'], ['bob', '2'], ['eve', '3'])).to.deep.equal([
      'import: shown, and nobody made them 1, eve among them',
    ]);
  });

  /** Appends a letter. */
  const change = (name: string, shown: string, begun = 0, ended = 9) => ({
    ...{ name, shown, begun, ended },
    apply: (state: string) => state + name,
  });
  const order = (end: string, ...changes: readonly ReturnType<typeof change>[]): string | undefined =>
    serialOrder('', changes, end, (a, b) => a === b)?.join('');

  it('finds the order that explains all answers, and knows when there is none', () => {
    expect(order('ba', change('a', 'ba'), change('b', 'b'))).to.equal('ba');
    expect(order('a', change('a', 'a'), change('b', 'b')), 'lost').to.equal(undefined);
    expect(order('ab', change('a', 'ab'), change('b', 'ab')), 'shown too late').to.equal(undefined);
    expect(order('aab', change('a', 'a'), change('b', 'aab')), 'done twice').to.equal(undefined);
  });

  it('takes no order in which a change comes before one that had ended', () => {
    expect(order('ba', change('a', 'ba', 0, 1), change('b', 'b', 2, 3))).to.equal(undefined);
    expect(order('ba', change('a', 'ba', 2, 3), change('b', 'b', 0, 1))).to.equal('ba');
  });

  it('sees members that were lost, kept or doubled', async () => {
    const wrong: string[] = [];
    const fail = (text: string): void => void wrong.push(text);
    const client = new MovingClient('/Groups/1', ['ann'], new Random(1));
    await client.move({ attempt: async () => answered(200) }, fail);
    client.judge(['ann', 'bob'], fail);
    expect(wrong).to.deep.equal([]);
    client.judge([], fail);
    client.judge(['ann', 'ann'], fail);
    expect(wrong).to.deep.equal([
      'a member who was last taken in is shown 0 times',
      'a member who was last taken in is shown 2 times',
    ]);
    await client.move({ attempt: async () => answered(200) }, fail);
    client.judge(['ann'], fail);
    expect(wrong.at(-1)).to.equal('a member who was last taken out is shown 1 times');
  });

  it('sees changes without a record, and with two', () => {
    const record = (ref: string, outcome = 'done') => ({ ref, outcome });
    const judged = (...found: readonly ReturnType<typeof record>[]) => judgeRecords(new Set(['a', 'b']), found);
    expect(judged(record('b'), record('c'), record('a'))).to.deep.equal({ missing: [], double: [] });
    expect(judged(record('a'), record('b', 'failed'), record('a'))).to.deep.equal({ missing: ['b'], double: ['a'] });
  });
});
