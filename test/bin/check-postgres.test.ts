import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import pg from 'pg';
import { movePeople } from '../../connector/operations/move/move-people.ts';
import { filledFile, withEnds } from '../operations/move/stores.ts';
import { cli } from '../support/cli.ts';
import { ADMIN } from '../support/postgres/roles.ts';
import { postgresDatabase } from '../support/postgres/suite.ts';
import { rejection } from '../support/rejection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('check of PostgreSQL', function suite() {
  this.timeout(60_000);
  const database = postgresDatabase({ schemas: [] });
  const folder = temporaryFolder();
  const check = (...words: string[]) =>
    cli(['check', '--backend', 'postgres', '--postgres-url', database.fresh.url, ...words], {
      env: { CONNECTOR_STATE_DIR: folder.path, PGPASSWORD: database.fresh.password },
    });
  /** As another role, in a transaction that is undone. */
  async function as(role: string, text: string): Promise<readonly unknown[]> {
    const { port } = new URL(database.fresh.url);
    const client = new pg.Client({ host: '127.0.0.1', port: Number(port), user: ADMIN, database: database.fresh.name });
    await client.connect();
    try {
      await client.query(`BEGIN; SET LOCAL ROLE ${role}`);
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  it('names what the role lacks, prints it for psql, and is content with it', async () => {
    const before = await check();
    expect(before.stdout).to.match(
      /failed +backend +default +the schema scim is missing, and the role \w+ may not make it/,
    );
    expect(before.code).to.equal(3);
    const { stdout: sql } = await check('--print-grants');
    await database.fresh.admin(sql);
    await database.fresh.admin(sql);
    const after = await check();
    expect(after.stdout).to.match(/ok +backend +default +schema scim, filled at the first start/);
    expect(after.stdout).to.match(/ok +backend +default +PostgreSQL 15\.\d+ at .*, primary, /);
  });

  it('gives a role that can do nothing beside its schema, and applications the views alone', async () => {
    const { stdout: sql } = await check('--print-grants');
    await database.fresh.admin(sql);
    const [, user = ''] = /CREATE ROLE "(\w+)" LOGIN/.exec(sql) ?? [];
    const { signal } = new AbortController();
    await withEnds(await filledFile(), database.fresh.settings, (ends) =>
      movePeople(ends, false, { signal, onProgress: () => undefined }),
    );
    await database.fresh.admin(sql);
    for (const text of [
      'CREATE SCHEMA more',
      'CREATE TABLE public.more ()',
      'CREATE ROLE more',
      'CREATE DATABASE more',
    ])
      expect((await rejection(as(user, text))).message, text).to.match(/permission denied|inside a transaction/);
    const [person] = await as(
      `${user}_read`,
      "SELECT user_name, password_hash FROM scim.users WHERE user_name LIKE 'with%'",
    );
    expect(person).to.deep.equal({ user_name: 'with a password', password_hash: null });
    for (const text of ['SELECT FROM scim.resource', 'SELECT FROM scim.password', 'DELETE FROM scim.users'])
      expect((await rejection(as(`${user}_read`, text))).message, text).to.match(/permission denied/);
  });

  it('is beside what "data" does: an export at once, a file by way of SQLite, and no backup', async () => {
    await database.fresh.admin((await check('--print-grants')).stdout);
    const data = (...words: string[]) =>
      cli(['data', ...words], { env: { CONNECTOR_STATE_DIR: folder.path, PGPASSWORD: database.fresh.password } });
    const where = ['--backend', 'postgres', '--postgres-url', database.fresh.url];
    const [file, people] = [join(folder.path, 'new.db'), join(folder.path, 'people.jsonl')];
    writeFileSync(people, '{"type":"User","id":"u-1","userName":"ana"}\n');
    const refused = await data('import', people, ...where);
    expect(refused.code).to.equal(2);
    expect(refused.stderr.replaceAll(/\s+/g, ' ')).to.match(
      /takes no file: import it with --backend sqlite --db NEW\.db, and move them/,
    );
    expect((await data('import', people, '--backend', 'sqlite', '--db', file)).code).to.equal(0);
    const moved = await data('migrate', '--from', 'sqlite', '--to', 'postgres', '--db', file, ...where.slice(2));
    expect(moved.code, moved.stderr).to.equal(0);
    const { stdout } = await data('export', ...where);
    expect(JSON.parse(stdout)).to.deep.include({ id: 'u-1', userName: 'ana' });
    const backup = await data('backup', join(folder.path, 'x.db'), ...where);
    expect(backup.code).to.equal(2);
    expect(backup.stderr.replaceAll(/\s+/g, ' ')).to.include(
      'which has no file for "data backup"; use PostgreSQL\'s own tools',
    );
  });

  it('is also of the database that connectors share, whose schema the printed role owns', async () => {
    const before = await check('--state', 'postgres');
    expect(before.stdout).to.match(/failed +state +the schema scim_state is missing, and the role \w+ may not make it/);
    await database.fresh.admin((await check('--print-grants', '--state', 'postgres')).stdout);
    const { stdout } = await check('--state', 'postgres');
    expect(stdout)
      .to.match(/ok +state +PostgreSQL 15\.\d+ at /)
      .and.not.match(/failed +(state|backend)/);
  });
});
