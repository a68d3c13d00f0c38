import { expect } from 'chai';
import { outcomeOfAll, sentLines } from '../../connector/journal/announced-write.ts';
import type { OpenOperation, SettlerOptions } from '../../connector/journal/app-settler.ts';
import type { JournalRecord } from '../../connector/journal/record.ts';
import { Settler } from '../../connector/journal/settler.ts';

const OLD = Date.now() - 60_000;

interface Run {
  readonly settler: Settler;
  readonly told: string[];
  readonly asked: string[];
  /** Answers by subject; the last one stays. */
  readonly answers: Map<string, ('done' | 'not done' | 'unknown' | 'away')[]>;
  until(count: number): Promise<void>;
}

const operation = (key: string, announced: number, ...subjects: readonly string[]): OpenOperation => ({
  entry: { key, about: [], record: {} as JournalRecord },
  app: 'app',
  announced,
  writes: subjects.map((subject) => ({ write: { text: subject, proof: subject, subject } })),
});

describe('what became of announced writes', () => {
  const runs: Settler[] = [];
  afterEach(() => {
    for (const one of runs.splice(0)) one.close();
  });

  function start(options: Partial<SettlerOptions> = {}): Run {
    const told: string[] = [];
    const asked: string[] = [];
    const answers: Run['answers'] = new Map();
    let tell = (): void => {};
    const settler = new Settler(
      ({ entry: { key } }, outcome) => {
        told.push(`${key} ${outcome}`);
        tell();
      },
      { backOff: { first: 1, longest: 5 }, ...options },
    );
    runs.push(settler);
    settler.serve('app', async ({ subject = '' }) => {
      asked.push(subject);
      const list = answers.get(subject) ?? [];
      const answer = list.length > 1 ? list.shift() : list[0];
      if (!answer || answer === 'away') throw new Error('the store is away');
      return answer;
    });
    const until = async (count: number): Promise<void> => {
      while (told.length < count) await new Promise<void>((resolve) => (tell = resolve));
    };
    return { settler, told, asked, answers, until };
  }

  it('is asked of the store, for each write of an operation', async () => {
    const { settler, told, answers, until } = start();
    answers.set('a', ['done']).set('b', ['not done']);
    settler.take(operation('both', OLD, 'a', 'b'));
    settler.take(operation('first', OLD, 'a'));
    settler.take(operation('second', OLD, 'b'));
    await until(3);
    expect(told).to.deep.equal(['both unknown', 'first done', 'second not done']);
    expect(settler.size).to.equal(0);
  });

  it('waits for a store that is away, and asks nothing twice that is answered', async () => {
    const { settler, told, asked, answers, until } = start();
    answers.set('a', ['done']).set('b', ['away', 'away', 'done']);
    settler.take(operation('one', OLD, 'a', 'b'));
    await until(1);
    expect(told).to.deep.equal(['one done']);
    expect(asked).to.deep.equal(['a', 'b', 'b', 'b']);
  });

  it('believes "not done" once nothing can be under way any more', async () => {
    const { settler, told, answers, until } = start({ patience: 300 });
    answers.set('slow', ['not done', 'done']);
    settler.take(operation('slow', Date.now(), 'slow'));
    await until(1);
    expect(told).to.deep.equal(['slow done']);
  });

  it('lets a write to the same place wait until it is known, and no other', async () => {
    const { settler, told, answers } = start({ patience: 60_000, shortPatience: 50 });
    answers.set('a', ['not done']);
    settler.take(operation('one', Date.now(), 'a'));
    await settler.clear('app', 'b', AbortSignal.timeout(60_000));
    await settler.clear('other app', 'a', AbortSignal.timeout(60_000));
    expect(told).to.deep.equal([]);
    await settler.clear('app', 'a', AbortSignal.timeout(60_000));
    expect(told).to.deep.equal(['one not done']);
  });

  it('keeps nobody waiting who is given up', async () => {
    const { settler, told } = start();
    settler.take(operation('one', OLD, 'a'));
    const givenUp = new AbortController();
    const waiting = settler.clear('app', 'a', givenUp.signal);
    givenUp.abort();
    await waiting;
    expect(told).to.deep.equal([]);
  });

  it('asks nobody before the store is open, and then', async () => {
    const told: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const settler = new Settler(({ entry: { key } }, outcome) => {
      told.push(`${key} ${outcome}`);
      resolve();
    });
    runs.push(settler);
    settler.take(operation('one', OLD, 'a'));
    settler.serve('app', async () => 'done');
    await promise;
    expect(told).to.deep.equal(['one done']);
  });

  it('comes together to one outcome', () => {
    const write = { text: 'dn: x' };
    const all = (...outcomes: ('done' | 'not done' | 'unknown' | 'refused')[]) =>
      outcomeOfAll(outcomes.map((outcome) => ({ write, outcome })));
    expect(all('done', 'done')).to.equal('done');
    expect(all('refused', 'done')).to.equal('done');
    expect(all('refused')).to.equal('not done');
    expect(all('not done', 'not done')).to.equal('not done');
    expect(all('done', 'not done')).to.equal('unknown');
    expect(all('done', 'unknown')).to.equal('unknown');
  });

  it('is written at each line of what was sent', () => {
    const write = { text: 'dn: x' };
    expect(sentLines([{ write, outcome: 'done' }], true)).to.deep.equal(['dn: x']);
    expect(
      sentLines([{ write, outcome: 'done' }, { write, outcome: 'refused', words: 'other (80): no' }, { write }], false),
    ).to.deep.equal([
      '# done\ndn: x',
      '# refused: other (80): no\ndn: x',
      '# nobody knows whether this was done\ndn: x',
    ]);
    expect(sentLines(new Array(60).fill({ write, outcome: 'done' }), true)).to.have.length(51);
  });
});
