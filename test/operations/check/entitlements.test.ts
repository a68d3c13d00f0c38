import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { putEntitlements } from '../../../connector/backend/sqlite/entitlements/keep-entitlements.ts';
import { SqliteBackend } from '../../../connector/backend/sqlite/sqlite-backend.ts';
import { entitlementsOf } from '../../../connector/entitlements/entitlements.ts';
import { Published } from '../../../connector/entitlements/published.ts';
import { runChecks } from '../../../connector/operations/check/check.ts';
import { call } from '../../conformance/company.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configuration } from '../configuration.ts';

describe('a check of what people can be given', () => {
  const folder = temporaryFolder();
  const load = () =>
    configuration(
      folder.path,
      ...['[server]', 'listen = "127.0.0.1:0"', '[apps.default.entitlements]', 'License = {}'],
      'Role = { list = { admin = "Administrator" } }',
    );
  const file = async (): Promise<string> => (await load()).config.apps[0]?.sqlite.file ?? '';
  const told = async (): Promise<readonly string[]> =>
    (await runChecks(await load()))
      .filter(({ check }) => check === 'entitlements')
      .map(({ status, text }) => `${status} ${text}`);
  /** As Okta reads them. */
  async function publish(): Promise<void> {
    const { config } = await load();
    const published = new Published(config.state_dir);
    const backend = new SqliteBackend({ file: await file(), passwords: 'hash' });
    await backend.open();
    const [app] = config.apps;
    for (const { catalogue } of published.of('default', entitlementsOf(app?.entitlements ?? [], backend), () => true))
      await catalogue.list(call, { offset: 0, limit: 100 });
    await published.settled();
    await backend.close();
  }

  it('says how many there are of each, and of which there is none', async () => {
    await putEntitlements(await file(), 'Other', [{ id: 'x', name: 'X' }]);
    expect(await told()).to.deep.equal([
      'ok Role 1',
      'warning License: there is none, so that Okta has nothing to give; see "In SQLite" and "In a directory" in docs/entitlements.md',
    ]);
  });

  it('names what Okta has read and is gone, or is called otherwise now', async () => {
    await putEntitlements(await file(), 'License', [
      { id: 'e3', name: 'Office E3' },
      { id: 'f1', name: 'Office F1' },
    ]);
    await publish();
    expect(await told()).to.deep.equal(['ok License 2, Role 1']);
    await putEntitlements(await file(), 'License', [
      { id: 'e3', name: 'Office X' },
      { id: 'f2', name: 'Office X' },
    ]);
    // What is read again does not make anybody forget the first name.
    await publish();
    expect(await told()).to.deep.equal([
      'ok License 3, Role 1',
      'warning License: "e3" was "Office E3" and is "Office X"; Okta keeps the name that it has read first',
      'warning License: several are called "Office X", which nobody can tell apart in Okta; give each a name of its own',
    ]);
  });

  it('names what Okta has read and nobody has any more', async () => {
    await putEntitlements(await file(), 'License', [{ id: 'e3', name: 'Office E3' }]);
    await publish();
    const { removeEntitlements } = await import('../../../connector/backend/sqlite/entitlements/keep-entitlements.ts');
    await removeEntitlements(await file(), 'License', ['e3']);
    expect((await told()).at(-1)).to.equal(
      'warning License: "e3" is not there any more, and Okta may still give it to people; put it back under the same id, or take it out of Okta',
    );
  });

  it('finds nothing wrong before the first start, and fails where they cannot be read', async () => {
    expect(await told()).to.deep.equal(['ok none can be looked at before the first start, or "entitlement import"']);
    mkdirSync(dirname(await file()), { recursive: true });
    writeFileSync(await file(), 'no database');
    expect((await told())[0]).to.match(/^failed /);
  });

  it('says so where the database is of an earlier version', async () => {
    await putEntitlements(await file(), 'License', [{ id: 'e3', name: 'Office E3' }]);
    const db = new Database(await file());
    db.exec('DROP VIEW entitlements; DROP TABLE entitlement');
    db.close();
    expect(await told()).to.deep.equal(['ok none can be looked at before the first start, or "entitlement import"']);
  });
});
