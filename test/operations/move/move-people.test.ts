import { expect } from 'chai';
import type { Arrival } from '../../../connector/backend/module/moving.ts';
import { refuseUnfinishedMove } from '../../../connector/backend/postgres/transfer/move-mark.ts';
import { type Moved, movePeople, previewMove } from '../../../connector/operations/move/move-people.ts';
import { Database } from '../../../connector/postgres/database.ts';
import { opened } from '../../backend/sqlite/opened.ts';
import { people } from '../../conformance/people.ts';
import { postgresDatabase } from '../../support/postgres/suite.ts';
import { rejection } from '../../support/rejection.ts';
import { changed, type EndsOptions, filledFile, withEnds } from './stores.ts';

const SCHEMA = 'scim_hr';

/** The program dies before its `at`th step of those that write, or after it and before it hears of it. */
function dyingAt(at: number, after: boolean): (arrival: Arrival) => Arrival {
  let step = 0;
  const mortal =
    <P extends readonly unknown[], T>(work: (...given: P) => Promise<T>) =>
    async (...given: P): Promise<T> => {
      step += 1;
      if (step === at && !after) throw new Error('killed');
      const result = await work(...given);
      if (step === at) throw new Error('killed');
      return result;
    };
  return (arrival) => ({
    ...arrival,
    begin: mortal(arrival.begin),
    put: mortal(arrival.put),
    finish: mortal(arrival.finish),
  });
}

describe('everybody moves from SQLite into PostgreSQL', function suite() {
  this.timeout(120_000);
  const database = postgresDatabase({ schemas: [SCHEMA] });
  let file: string;
  beforeEach(async () => {
    file = await filledFile();
  });

  const progress: number[] = [];
  const move = (options: EndsOptions & { readonly restart?: boolean } = {}): Promise<Moved> =>
    withEnds(
      file,
      database.fresh.settings,
      (ends) =>
        movePeople(ends, options.restart ?? false, {
          signal: new AbortController().signal,
          onProgress: (done) => progress.push(done),
        }),
      { schema: SCHEMA, ...options },
    );
  const preview = (options: EndsOptions = {}) =>
    withEnds(file, database.fresh.settings, (ends) => previewMove(ends, new AbortController().signal), {
      alone: false,
      schema: SCHEMA,
      ...options,
    });
  const there = async (text: string): Promise<readonly unknown[]> =>
    (await database.fresh.admin<{ one: unknown }>(text.replaceAll('scim.', `${SCHEMA}.`))).map(({ one }) => one);

  it('as they are, with all that hangs on them, and new ones come after them', async () => {
    const moved = await move();
    expect(moved.counts).to.deep.include({ groups: 4, memberships: 7, entitlements: 2 });
    expect(moved.counts.users).to.equal(people.length + 2);
    expect(await there("SELECT version::int AS one FROM scim.resource WHERE id = 'a-twin'")).to.deep.equal([7]);
    expect(await there('SELECT twin AS one FROM scim.resource WHERE twin > 0')).to.deep.equal([1]);
    expect(await there('SELECT count(*)::int AS one FROM scim.password')).to.deep.equal([1]);
    expect(await there('SELECT last_value::int AS one FROM scim.resource_seq_seq')).to.deep.equal([
      moved.counts.users + moved.counts.groups + 1,
    ]);
  });

  /** @returns whether it died there: the way is not that long otherwise */
  async function diesAt(at: number, after: boolean, batch = 3): Promise<boolean> {
    try {
      await move({ batch, through: dyingAt(at, after) });
      return false;
    } catch (error) {
      if (error instanceof Error && error.message === 'killed') return true;
      throw error;
    }
  }

  it('also through a death before and after every step', async () => {
    const whole = await move();
    let deaths = 0;
    for (const after of [false, true])
      for (let at = 1; ; at += 1) {
        await database.fresh.admin(`UPDATE ${SCHEMA}.move SET finished = NULL`);
        await withEnds(file, database.fresh.settings, ({ arrival }) => arrival.discard(), { schema: SCHEMA });
        if (!(await diesAt(at, after, 1))) break;
        deaths += 1;
        const moved = await move({ batch: 2 });
        expect({ digest: moved.digest, counts: moved.counts }, `death ${at}`).to.deep.equal({
          digest: whole.digest,
          counts: whole.counts,
        });
      }
    expect(deaths).to.be.above(20);
  });

  it('and what has moved is not moved again', async () => {
    expect(await diesAt(4, true)).to.equal(true);
    const moved = await move({ batch: 3 });
    expect(moved.before).to.equal(9);
    expect((await move()).finishedBefore).to.match(/^20\d\d-.*Z$/);
  });

  it('unless the file has changed meanwhile: then from the beginning, when that is said', async () => {
    await diesAt(3, true);
    changed(file, "UPDATE resource SET version = version + 1 WHERE id = 'a-twin'");
    expect((await rejection(move())).message).to.match(/of other content: the file has changed since.* --restart/);
    expect((await move({ restart: true })).before).to.equal(0);
  });

  it('never into a schema with people in it', async () => {
    await move();
    await database.fresh.admin(`DELETE FROM ${SCHEMA}.move`);
    expect((await rejection(move())).message).to.match(/there are people in it already/);
    expect((await rejection(move({ restart: true }))).message).to.match(/no unfinished move, and is not thrown away/);
    expect((await rejection(preview())).message).to.match(/there are people in it already/);
  });

  it('and is not served before the end', async () => {
    const store = new Database(database.fresh.settings, { schema: SCHEMA, deadline: 10_000 });
    const refused = (): Promise<void> => refuseUnfinishedMove(store, { signal: new AbortController().signal });
    try {
      await diesAt(3, true);
      expect((await rejection(refused())).message).to.match(/is not finished.*data migrate" again/);
      await move();
      await refused();
    } finally {
      await store.close();
    }
  });

  it('and somebody else who writes there is found out', async () => {
    const adding = (arrival: Arrival): Arrival => ({
      ...arrival,
      finish: arrival.finish,
      kept: async function* kept() {
        await database.fresh.admin(`UPDATE ${SCHEMA}.resource SET version = 99 WHERE id = 'a-twin'`);
        yield* arrival.kept();
      },
    });
    expect((await rejection(move({ through: adding }))).message).to.match(
      /counts agree, the digests do not.*--restart/,
    );
    await database.fresh.admin(`UPDATE ${SCHEMA}.resource SET display_key = 'x' WHERE id = 'a-twin'`);
    expect((await rejection(move())).message).to.match(/the row of User a-twin does not follow from its document/);
  });

  it('not while the connector runs, nor with records that the journal lacks', async () => {
    const backend = await opened(file);
    try {
      expect((await rejection(move())).message).to.match(/in use by .*(stop it first|restart it)/);
      expect((await preview()).objections).to.deep.equal([]);
    } finally {
      await backend.close();
    }
    changed(file, "INSERT INTO outbox VALUES (1, '{}')");
    expect((await rejection(move())).message).to.match(/^1 records of changes wait in .*: start the connector once/);
  });

  it('but for those whom PostgreSQL cannot keep, who are named before anything is written', async () => {
    const doc = (more: object): string => JSON.stringify({ userName: 'x', ...more });
    changed(file, `UPDATE resource SET doc = '${doc({ title: 'a\u0000b' })}' WHERE seq = 1`);
    changed(file, `UPDATE resource SET doc = '${doc({ externalId: 'x'.repeat(2501) })}' WHERE seq = 2`);
    changed(file, `UPDATE resource SET doc = '${doc({ name: { givenName: '\ud800' } })}' WHERE seq = 3`);
    changed(file, `UPDATE resource SET doc = '{' WHERE seq = 4`);
    const { message } = await rejection(move());
    expect(message.split('\n')).to.have.lengthOf(5);
    expect(message).to.match(/^User \S+ \("x"\): title holds the character U\+0000/);
    expect(message).to.match(/User \S+ \("x"\): externalId is too long to be found by; up to 2500 bytes/);
    expect(message).to.match(/User \S+ \("x"\): name\.givenName holds half of a surrogate pair/);
    expect(message).to.match(/User \S+: its document is damaged\nnothing was moved$/);
    expect((await preview()).objections).to.have.lengthOf(4);
    expect(await there(`SELECT count(*)::int AS one FROM pg_tables WHERE schemaname = '${SCHEMA}'`)).to.deep.equal([0]);
  });

  it('and a preview writes nothing', async () => {
    const seen = await preview();
    expect(seen.standing).to.deep.equal({ kind: 'begun', after: undefined, done: 0 });
    expect(seen.counts).to.deep.include({ groups: 4, memberships: 7, entitlements: 2 });
    expect(await there(`SELECT count(*)::int AS one FROM pg_tables WHERE schemaname = '${SCHEMA}'`)).to.deep.equal([0]);
  });
});
