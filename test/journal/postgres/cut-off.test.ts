import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { SharedJournal } from '../../../connector/journal/postgres/shared-journal.ts';
import type { Database } from '../../../connector/postgres/database.ts';
import { ScimError } from '../../../connector/scim/error.ts';
import { postgresDatabase } from '../../support/postgres/suite.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { JournalNode, refsIn, SCHEMA, sharedDatabase } from './shared-lab.ts';

type Copy = SharedJournal['copy'];

/** Of a connector that never comes to the end of what it does. */
const never = new Promise<never>(() => undefined);

const lost = (): ScimError => new ScimError('unavailable', 'the connection was lost');

describe('a copy of the journal that is cut off', () => {
  const place = postgresDatabase({ schemas: [SCHEMA] });
  const folder = temporaryFolder();
  let database: Database;
  let node: JournalNode;
  beforeEach(async () => {
    database = await sharedDatabase(place.fresh);
    node = new JournalNode(database, folder.path, 'one');
  });
  afterEach(async () => {
    node.file.close();
    await database.close();
  });

  const over = (copy: Copy) => ({ position: node.shared.position.bind(node.shared), copy });

  for (const [when, dies] of [
    ['before the database has it', () => never],
    [
      'after the database has it, before that is known',
      async (...asked: Parameters<Copy>) => {
        await node.shared.copy(...asked);
        return never;
      },
    ],
  ] as const)
    it(`is gone on with after a kill ${when}: each record once, in order`, async () => {
      for (const ref of ['a', 'b', 'c']) node.write({ ref });
      const asked = Promise.withResolvers<void>();
      const copier = node.copier({
        shared: over(async (...all) => {
          const result = dies(...all);
          await Promise.race([result, database.rows({ signal: all[0].signal }, 'SELECT pg_sleep(0.05)')]);
          asked.resolve();
          return result;
        }),
      });
      await asked.promise;
      copier.close();
      node.reopen();
      node.write({ ref: 'd' });
      await node.copy();
      expect(await refsIn(database)).to.deep.equal(['a', 'b', 'c', 'd']);
    });

  it('goes on where the database stands once an answer was lost, and says once that it was away', async () => {
    const said: string[] = [];
    const log = {
      info: (text: string) => said.push(`info ${text.slice(0, 27)}`),
      warn: (text: string) => said.push(`warn ${text.slice(0, 28)}`),
      error: (text: string) => said.push(`error ${text}`),
    };
    const over2 = Promise.withResolvers<void>();
    let round = 0;
    const copier = node.copier({
      log: log as never,
      shared: over(async (...asked) => {
        round += 1;
        if (round === 1) throw lost();
        const isCopied = await node.shared.copy(...asked);
        if (round === 2) throw lost();
        over2.resolve();
        return isCopied;
      }),
    });
    for (const ref of ['a', 'b']) node.write({ ref });
    copier.wake();
    while (round < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    node.write({ ref: 'c' });
    await over2.promise;
    await copier.rest();
    copier.close();
    expect(await refsIn(database)).to.deep.equal(['a', 'b', 'c']);
    expect(said).to.deep.equal(['warn the journal cannot be copied', 'info the journal is copied again']);
  });

  it('gives a database what it has lost at a failover', async () => {
    for (const ref of ['a', 'b', 'c']) node.write({ ref });
    const copier = node.copier();
    await copier.rest();
    await place.fresh.admin(`DELETE FROM ${SCHEMA}.journal WHERE ref IN ('b', 'c')`);
    await place.fresh.admin(`UPDATE ${SCHEMA}.journal_copy SET seq = 1`);
    node.write({ ref: 'd' });
    await copier.rest();
    copier.close();
    expect(await refsIn(database)).to.deep.equal(['a', 'b', 'c', 'd']);
  });

  it('takes a file that is older than what was copied of it from its beginning, and doubles nothing', async () => {
    node.write({ ref: 'a' });
    node.file.copies();
    const [file, kept] = [join(folder.path, 'one.db'), join(folder.path, 'kept.db')];
    node.file.close();
    copyFileSync(file, kept);
    node.reopen();
    for (const ref of ['b', 'c', 'd']) node.write({ ref });
    await node.copy();
    node.file.close();
    copyFileSync(kept, file);
    node.reopen();
    node.write({ ref: 'e' });
    await node.copy();
    node.write({ ref: 'f' });
    await node.copy();
    expect(await refsIn(database)).to.deep.equal(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('leaves out a record that can never be stored, and no other', async () => {
    const said: string[] = [];
    const refused = Object.assign(Object.create((await import('pg')).DatabaseError.prototype), { code: '22P05' });
    for (let index = 0; index < 20; index += 1) node.write({ ref: `r${index}` });
    let statements = 0;
    await node.copy({
      log: { info: () => undefined, warn: () => undefined, error: (text) => said.push(text) },
      shared: over((caller, file, from, slice) => {
        statements += 1;
        if (slice.records.some(({ ref }) => ref === 'r7')) throw refused;
        return node.shared.copy(caller, file, from, slice);
      }),
    });
    const expected = Array.from({ length: 20 }, (_, index) => `r${index}`).filter((ref) => ref !== 'r7');
    expect(await refsIn(database)).to.deep.equal(expected);
    expect(said).to.deep.equal(['the record r7 cannot be copied to the database that connectors share']);
    expect(statements).to.be.below(25);
  });
});
