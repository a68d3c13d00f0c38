import { expect } from 'chai';
import type { Exported } from '../../../../connector/backend/module/transfer.ts';
import { exportResources } from '../../../../connector/backend/postgres/transfer/export.ts';
import { exportResources as exportFile } from '../../../../connector/backend/sqlite/transfer/export.ts';
import { movePeople } from '../../../../connector/operations/move/move-people.ts';
import { filledFile, withEnds } from '../../../operations/move/stores.ts';
import { postgresDatabase } from '../../../support/postgres/suite.ts';

describe('export from PostgreSQL', function suite() {
  this.timeout(60_000);
  const database = postgresDatabase();
  const { signal } = new AbortController();

  it('is what the SQLite file said that people came from, at one moment, also while others write', async () => {
    const file = await filledFile();
    const { settings, admin } = database.fresh;
    await withEnds(file, settings, (ends) => movePeople(ends, false, { signal, onProgress: () => undefined }));
    const exported: Exported[] = [];
    for await (const resource of exportResources(settings, 'scim', { passwordHashes: true })) {
      if (exported.length === 0) await admin("DELETE FROM scim.resource WHERE type = 'Group'");
      exported.push(resource);
    }
    expect(exported).to.deep.equal([...exportFile(file, { passwordHashes: true })]);
    expect(exported.filter(({ passwordHash }) => passwordHash !== undefined)).to.have.lengthOf(1);
    const without: Exported[] = [];
    for await (const resource of exportResources(settings, 'scim')) without.push(resource);
    expect(JSON.stringify(without)).not.to.contain('argon2');
    expect(without.every(({ type }) => type === 'User')).to.equal(true);
  });

  it('ends when nobody reads on, and lets go of the database', async () => {
    const file = await filledFile();
    const { settings, admin } = database.fresh;
    await withEnds(file, settings, (ends) => movePeople(ends, false, { signal, onProgress: () => undefined }));
    for await (const _ of exportResources(settings, 'scim')) break;
    expect(
      await admin("SELECT FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"),
    ).to.deep.equal([]);
  });
});
