import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { changed, filledFile } from '../operations/move/stores.ts';
import { type CliResult, cli } from '../support/cli.ts';
import { postgresDatabase } from '../support/postgres/suite.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('data migrate', function suite() {
  this.timeout(60_000);
  const database = postgresDatabase();
  const folder = temporaryFolder();
  let file: string;
  beforeEach(async () => {
    file = await filledFile();
  });

  const env = () => ({ CONNECTOR_STATE_DIR: folder.path, PGPASSWORD: database.fresh.password });
  const migrate = (...words: string[]): Promise<CliResult> =>
    cli(
      [
        'data',
        'migrate',
        '--from',
        'sqlite',
        '--to',
        'postgres',
        '--postgres-url',
        database.fresh.url,
        '--db',
        file,
        ...words,
      ],
      { env: env() },
    );
  const said = ({ stderr }: CliResult): string => stderr.replaceAll(/\s+/g, ' ');

  it('says beforehand what it would do, does it, and says what to change in the configuration', async () => {
    const seen = await migrate('--dry-run');
    expect(seen.code, seen.stderr).to.equal(0);
    expect(said(seen)).to.match(
      /: \d+ users, 4 groups, 7 memberships, 2 entitlements .* begins from nothing; nothing was/,
    );
    const moved = await migrate();
    expect(moved.code, moved.stderr).to.equal(0);
    expect(said(moved)).to.match(
      / of \d+ rows moved moved \d+ users, .* verified: both hold the same, SHA-256 [0-9a-f]{64}/,
    );
    expect(moved.stderr).to.include('  [apps.default]\n  backend = "postgres"\n');
    expect(said(await migrate())).to.match(/already, and nothing was done/);
    const exported = await cli(['check', '--backend', 'postgres', '--postgres-url', database.fresh.url], {
      env: env(),
    });
    expect(exported.stdout).to.match(/schema scim, \d+ users, 4 groups\n/);
    expect(exported.stdout).to.match(/have one userName: blanks/);
  });

  it('takes a configuration with both, and tells programs in JSON', async () => {
    const config = join(folder.path, 'connector.toml');
    const [url, path] = [database.fresh.url, file].map((text) => JSON.stringify(text));
    writeFileSync(
      config,
      `config_version = 1\n[apps.hr]\nbackend = "postgres"\n[apps.hr.sqlite]\nfile = ${path}\n[apps.hr.postgres]\nurl = ${url}\nschema = "scim"\nsslmode = "disable"\n`,
    );
    const words = ['--config', config, '--app', 'hr', '--json'];
    const { stdout, stderr, code } = await cli(['data', 'migrate', '--from', 'sqlite', '--to', 'postgres', ...words], {
      env: env(),
    });
    expect(code, stderr).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.include({ before: 0, from: file });
    expect(stderr).not.to.include('backend = ');
  });

  it('names everybody in the way with exit code 2, and those who hold the database with 3', async () => {
    changed(file, `UPDATE resource SET doc = '{"userName":"ana","title":"\\u0000"}' WHERE seq = 1`);
    for (const words of [['--dry-run'], []]) {
      const refused = await migrate(...words);
      expect(refused.code).to.equal(2);
      expect(said(refused)).to.match(/User \S+ \("ana"\): title holds the character U\+0000/);
    }
    const ldap = await cli(['data', 'migrate', '--from', 'ldap', '--to', 'postgres'], { env: env() });
    expect(ldap.code).to.equal(2);
    const url = 'postgres://scim@127.0.0.1:1/x';
    const words = ['--from', 'sqlite', '--to', 'postgres', '--db', file, '--postgres-url', url];
    const nowhere = await cli(['data', 'migrate', ...words], { env: env() });
    expect(nowhere.code).to.equal(3);
    expect(nowhere.stderr).to.include('127.0.0.1:1: nobody listens there');
  });
});
