import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliServer, cli, isPackaged } from '../support/cli.ts';
import { postgresDatabase } from '../support/postgres/suite.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly count: number }[];
    }[];
  }[];
}

/** Modules that a process has executed: in the bundle each is a function with the file's name. */
function loaded(folder: string): readonly string[] {
  const covered = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Coverage);
  return covered.flatMap(({ result }) =>
    result.flatMap(({ url, functions }) => [
      url,
      ...functions.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0).map(({ functionName }) => functionName),
    ]),
  );
}

const those = (modules: readonly string[], wanted: RegExp): string[] => modules.filter((name) => wanted.test(name));

/** What other verbs are for, other stores, and TLS where there is none. */
const OTHERS =
  /ldapts|node_modules\/pg|connector\/postgres\/database|csv-parse|csv-stringify|cli-progress|toml-eslint-parser|@peculiar|pino-pretty|operations\/(check|map|transfer)|bin\/host\/upgrade/;
const SERVER = /node_modules\/koa\/|connector\/http\/|connector\/run\//;
const SQLITE = /node_modules\/better-sqlite3\//;
const POSTGRES = /node_modules\/pg\//;

describe('what is loaded', () => {
  const folder = temporaryFolder();
  before(function () {
    // Of an executable nothing is told.
    if (isPackaged) this.skip();
  });
  const watched = (name: string) => {
    const coverage = join(folder.path, name);
    mkdirSync(coverage);
    return { coverage, options: { cwd: folder.path, env: { NODE_V8_COVERAGE: coverage } } };
  };

  it('by serve on SQLite is the server and that store, and nothing of another verb', async () => {
    const { coverage, options } = watched('serve');
    const server = await CliServer.start(['--http', '--auth', 'none', '--port', '0', '--db', 'people.db'], options);
    expect((await send(`${server.url}/Users`, 'GET')).status).to.equal(200);
    await server.stop();
    const modules = loaded(coverage);
    expect(those(modules, OTHERS)).to.deep.equal([]);
    expect(those(modules, SERVER)).not.to.deep.equal([]);
    expect(those(modules, SQLITE)).not.to.deep.equal([]);
  });

  describe('with a database', () => {
    const database = postgresDatabase();

    it('by serve on PostgreSQL is its client', async () => {
      const { coverage, options } = watched('postgres');
      const words = ['--http', '--auth', 'none', '--port', '0', '--backend', 'postgres'];
      const { url, password } = database.fresh;
      const server = await CliServer.start([...words, '--postgres-url', url], {
        ...options,
        env: { ...options.env, PGPASSWORD: password },
      });
      expect((await send(`${server.url}/Users`, 'GET')).status).to.equal(200);
      await server.stop();
      expect(those(loaded(coverage), POSTGRES)).not.to.deep.equal([]);
    });
  });

  it('by a verb that serves nobody is no server', async () => {
    const { coverage, options } = watched('token');
    expect((await cli(['token', 'list'], options)).code).to.equal(0);
    const modules = loaded(coverage);
    expect(those(modules, SERVER)).to.deep.equal([]);
    expect(those(modules, OTHERS)).to.deep.equal([]);
    expect(those(modules, SQLITE)).to.deep.equal([]);
  });

  it('for a directory is no SQLite', async () => {
    const { coverage, options } = watched('directory');
    const lines = ['config_version = 1', '[server]', 'http = true', 'listen = "127.0.0.1:0"', '[apps.default]'];
    const store = ['backend = "ldap"', '[apps.default.ldap]', 'urls = ["ldap://127.0.0.1:1"]', 'bind_dn = "cn=a"'];
    const secrets = ['password = { env = "LDAP_PASSWORD" }', '[apps.default.users]', 'base = "ou=p"'];
    const rest = ['[apps.default.groups]', 'base = "ou=g"', '[auth]', 'method = "none"'];
    writeFileSync(join(folder.path, 'directory.toml'), [...lines, ...store, ...secrets, ...rest, ''].join('\n'));
    const env = { ...options.env, LDAP_PASSWORD: 'nobody asks' };
    const { stderr } = await cli(['check', '--config', 'directory.toml'], { ...options, env });
    expect(stderr).not.to.contain('unexpected');
    const modules = loaded(coverage);
    expect(those(modules, /node_modules\/ldapts\//)).not.to.deep.equal([]);
    expect(those(modules, SQLITE)).to.deep.equal([]);
  });
});
