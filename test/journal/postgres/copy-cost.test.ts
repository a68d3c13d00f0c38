import { expect } from 'chai';
import { Copier } from '../../../connector/journal/postgres/copier.ts';
import type { Database } from '../../../connector/postgres/database.ts';
import { postgresDatabase } from '../../support/postgres/suite.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { JournalNode, SCHEMA, sharedDatabase } from './shared-lab.ts';

describe('what copying the journal costs', () => {
  const place = postgresDatabase({ schemas: [SCHEMA] });
  const folder = temporaryFolder();
  let database: Database;
  let node: JournalNode;
  let statements: string[];
  let largest: number;
  beforeEach(async () => {
    database = await sharedDatabase(place.fresh);
    [statements, largest] = [[], 0];
    const rows = database.rows.bind(database);
    database.rows = (caller, text, ...params) => {
      statements.push(text);
      largest = Math.max(largest, ...params.map((one) => (typeof one === 'string' ? one.length : 0)));
      return rows(caller, text, ...params);
    };
    node = new JournalNode(database, folder.path, 'one');
  });
  afterEach(async () => {
    node.file.close();
    await database.close();
  });

  it('is a statement for five hundred records, and none where nothing was written', async () => {
    for (let index = 0; index < 2000; index += 1) node.write({ ref: `r${index}`, name: `p${index}@example.com` });
    const copier = node.copier();
    await copier.rest();
    // Where it stands, what time it is there, and the batches.
    expect(statements.length).to.be.within(5, 8);
    const before = statements.length;
    copier.wake();
    await copier.rest();
    expect(statements.length).to.equal(before);
    copier.close();
  });

  it('is a few megabytes in memory, however much waits', async () => {
    for (let index = 0; index < 40; index += 1) node.write({ ref: `r${index}`, text: 'x'.repeat(300_000) });
    await node.copy();
    expect(statements.length).to.be.within(6, 12);
    expect(largest).to.be.below(2 * 1024 * 1024 + 400_000);
  });

  it('waits until what it copies is safe from a power cut, and nobody waits for it', async () => {
    const safe = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    node.write({ ref: 'a' });
    const store = new Proxy(node.file, {
      get: (target, name) => {
        if (name === 'sync')
          return () => {
            asked.resolve();
            return safe.promise;
          };
        const value = Reflect.get(target, name) as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const copier = new Copier({ store: () => store, shared: node.shared, log: quiet });
    const resting = copier.rest();
    await asked.promise;
    node.write({ ref: 'b' });
    expect(statements.filter((text) => text.includes('INSERT INTO scim.journal AS'))).to.have.length(0);
    safe.resolve();
    await resting;
    copier.close();
    expect(statements.filter((text) => text.includes('INSERT INTO scim.journal AS'))).to.have.length(1);
  });
});
