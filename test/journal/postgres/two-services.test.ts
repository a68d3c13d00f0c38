import { expect } from 'chai';
import type { StoredRecord } from '../../../connector/journal/journal-store.ts';
import { explain } from '../../../connector/operations/explain/explain.ts';
import { openedJournal } from '../../../connector/operations/opened-journal.ts';
import { trace } from '../../../connector/operations/trace/trace.ts';
import { type SharingConnector, twoConnectors } from '../../support/postgres/two-connectors.ts';

const CORE = 'urn:scim:schemas:core:1.0';
const person = (userName: string) => ({ schemas: [CORE], userName, name: { givenName: 'Jane', familyName: 'Doe' } });

type JournalConfig = Parameters<typeof openedJournal>[0];

/** As a command does, on the machine of one of them. */
async function read<T>(
  config: JournalConfig,
  use: (journal: Awaited<ReturnType<typeof openedJournal>>) => Promise<T>,
): Promise<T> {
  const journal = await openedJournal(config);
  try {
    return await use(journal);
  } finally {
    await journal.close();
  }
}

/** Once there are that many. */
async function records(by: SharingConnector, count: number): Promise<readonly StoredRecord[]> {
  const found = await read(by.config, (journal) => journal.select({ after: 0 }));
  return found.length >= count ? found : records(by, count);
}

describe('the journal of two services that share their state', () => {
  const two = twoConnectors(async () => [
    [['backend'], 'sqlite'],
    [['sqlite', 'file'], 'people.db'],
  ]);

  it('is one: what one of them did is traced and explained on the machine of the other', async () => {
    const { a, b } = two;
    await a.request('POST', '/Users', person('jane'));
    await b.request('POST', '/Users', person('jane'));
    const { body } = await b.request('POST', '/Users', { schemas: [CORE], name: { familyName: 'Doe' } });
    const ref = /\(ref ([\w-]+)\)/.exec(body.Errors[0].description)?.[1] ?? '';
    await records(a, 3);
    const traced = await read(a.config, (journal) => trace(journal, { who: 'jane', limit: 10 }));
    expect(traced.records.map(({ intent }) => intent)).to.deep.equal(['create', 'create']);
    await read(a.config, async (journal) => {
      expect(await journal.tellers?.()).to.equal(2);
      expect((await explain(ref, async () => journal)).records[0]).to.include({ ref, outcome: 'refused' });
    });
  });

  it('is that of one machine where the database is away, and that is said', async () => {
    const { a, b } = two;
    await a.request('POST', '/Users', person('ann'));
    await b.request('POST', '/Users', person('bob'));
    await records(a, 2);
    const { state } = b.config;
    const away = { ...state, postgres: { ...state.postgres, url: 'postgres://scim@127.0.0.1:1/scim' } };
    await read({ ...b.config, state: away }, async (journal) => {
      expect(journal.caveat).to.match(
        /^what follows is of this connector alone, out of its own file: .*127\.0\.0\.1:1/,
      );
      expect((await journal.select({})).map(({ name }) => name)).to.deep.equal(['bob']);
    });
  });
});

describe('the journal of two services that share their state and keep hashes', () => {
  const two = twoConnectors(
    async () => [
      [['backend'], 'sqlite'],
      [['sqlite', 'file'], 'people.db'],
    ],
    [[['journal', 'values'], 'hashed']],
  );

  it('leads from a name to what either did, and holds no name', async () => {
    const { a, b } = two;
    await a.request('POST', '/Users', person('jane'));
    await b.request('POST', '/Users', person('jane'));
    const kept = await records(a, 2);
    expect(JSON.stringify(kept)).not.to.contain('jane');
    const traced = await read(b.config, (journal) => trace(journal, { who: 'JANE', limit: 10 }));
    expect(traced.records).to.have.length(2);
  });
});
