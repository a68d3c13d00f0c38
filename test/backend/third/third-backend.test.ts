import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { build, type Plugin } from 'esbuild';
import { bundleOptions, ROOT } from '../../../installer/bundle-options.ts';
import { CliServer, cli } from '../../support/cli.ts';

const MODULES = join(ROOT, 'connector', 'backend', 'modules.ts');
const LINE = `export { cabinet } from '${join(import.meta.dirname, 'module.ts')}';\n`;

/** Adds a line to the list of backends, and nothing else. */
const oneMore: Plugin = {
  name: 'one more backend',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/connector\/backend\/modules\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8') + LINE,
      loader: 'ts',
    }));
  },
};

describe('a third backend, of a folder and a line', () => {
  let folder: string;
  let command: readonly string[];
  before(async () => {
    // Outside of the sources, so that no driver can be found: none is needed before it is asked for.
    folder = mkdtempSync(join(tmpdir(), 'scim-connector-'));
    const bundle = join(folder, 'scim-connector.cjs');
    await build({ ...bundleOptions(bundle), plugins: [oneMore] });
    command = [process.execPath, bundle];
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...words: readonly string[]) => cli(words, { cwd: folder, command });
  const configured = (...lines: readonly string[]): readonly string[] => {
    const file = join(folder, 'connector.toml');
    writeFileSync(file, ['config_version = 1', ...lines].join('\n'));
    return ['--config', file];
  };
  const CABINET = ['[apps.default]', 'backend = "cabinet"'];
  const report = async (...words: readonly string[]) => {
    const { code, stdout } = await run('check', '--json', ...words);
    const { checks } = JSON.parse(stdout) as { checks: { check: string; status: string; text: string }[] };
    const backend = checks.filter(({ check }) => check === 'backend').map(({ status, text }) => `${status}: ${text}`);
    return { code, backend };
  };

  it('is one line', () => {
    expect(readFileSync(MODULES, 'utf8')).to.match(
      /^(\/\*\*.*\*\/\n)(export \{ \w+ \} from '\.\/\w+\/module\.ts';\n)+$/,
    );
  });

  it('is offered by the help, after the default', async () => {
    expect((await run('serve', '--help')).stdout).to.match(
      /\[choices:\s+"sqlite",\s+"cabinet",\s+"ldap",\s+"postgres"\]/,
    );
  });

  it('has its settings in the reference, the example, the JSON Schema and among the flags', async () => {
    const { stdout: reference } = await run('config', 'reference');
    expect(reference).to.contain('| `backend` | one of "sqlite", "cabinet", "ldap", "postgres" | `"sqlite"` |');
    expect(reference).to.contain('## [apps.NAME.cabinet]\n\nThe cabinet backend.');
    expect(reference).to.contain('| `drawers` | a whole number from 1 to 9 | `3` | How many drawers it has |');
    expect(reference).to.contain('`CONNECTOR_APPS__NAME__CABINET__KEY_FILE`');
    expect(reference).to.match(
      /## \[apps\.NAME\.users\]\n\nUsers\. A drawer is of the cabinet backend\. All but custom/,
    );
    expect((await run('config', 'example')).stdout).to.contain('# What stands on it\n#label = "staff"');
    expect((await run('config', 'schema')).stdout).to.contain('"Opens the lock"');
    const { stdout: shown } = await run(
      'config',
      'show',
      ...configured(...CABINET),
      '--apps.default.cabinet.drawers',
      '5',
    );
    expect(shown)
      .to.match(/^apps\.default\.cabinet\.label = "default"$/m)
      .and.match(/^.*cabinet\.drawers = 5$/m);
  });

  it('is checked as what it is', async () => {
    const { code, backend } = await report(...configured(...CABINET));
    expect(backend).to.deep.equal(['ok: cabinet default, 3 drawers', 'ok: it opens']);
    expect(code).to.equal(0);
  });

  it('fails a check as every backend does', async () => {
    const key = join(folder, 'key');
    writeFileSync(key, 'jammed');
    const { code, backend } = await report(...configured(...CABINET, `cabinet.key = { file = '${key}' }`));
    expect(backend).to.include('failed: the lock is jammed; oil it');
    expect(code).to.equal(3);
  });

  it('says what is wrong between its settings', async () => {
    const { code, stderr } = await run('check', ...configured(...CABINET, 'users.drawer = 4'));
    expect(code).to.equal(2);
    expect(stderr).to.contain('apps.default.users.drawer: there are only 3 drawers');
  });

  for (const [chosen, settings, expected] of [
    [
      'sqlite',
      'cabinet.drawers = 4',
      'cabinet.drawers: has no effect with backend = "sqlite"; set backend = "cabinet"',
    ],
    ['sqlite', 'users.drawer = 1', 'users.drawer: has no effect with backend = "sqlite"; set backend = "cabinet"'],
    ['ldap', 'cabinet.label = "x"', 'cabinet.label: has no effect with backend = "ldap"; set backend = "cabinet"'],
    [
      'cabinet',
      'sqlite.passwords = "discard"',
      'sqlite.passwords: has no effect with backend = "cabinet"; set backend = "sqlite"',
    ],
    ['cabinet', 'ldap.page_size = 500', 'ldap.page_size: has no effect with backend = "cabinet"; set backend = "ldap"'],
    ['cabinet', 'groups.base = "ou=g"', 'groups.base: has no effect with backend = "cabinet"; set backend = "ldap"'],
  ] as const)
    it(`does not share ${settings} with backend = "${chosen}"`, async () => {
      const file = configured('[apps.default]', `backend = "${chosen}"`, settings);
      expect((await run('check', ...file)).stderr).to.contain(`apps.default.${expected} or leave it out`);
    });

  it('is told from those that have a mapping, an access rule or a file to copy', async () => {
    const file = configured(...CABINET);
    expect((await run('map', 'suggest', ...file)).stderr).to.contain('no app has backend = "ldap"');
    expect((await run('check', '--print-acl', ...file)).stderr).to.contain('no app has backend = "ldap"');
    expect((await run('data', 'export', ...file)).stderr).to.contain(
      'the app default keeps people in a filing cabinet, and "data" works on the SQLite database or PostgreSQL alone; use the hands',
    );
  });

  it('serves', async () => {
    // What is held is kept with SQLite, whatever the store.
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const words = [...configured(...CABINET), '--http', '--port', '0', '--auth', 'none'];
    const server = await CliServer.start(words, { cwd: folder, command });
    try {
      const body = JSON.stringify({ schemas: ['urn:scim:schemas:core:1.0'], userName: 'bjensen' });
      const headers = { 'content-type': 'application/json' };
      expect((await fetch(`${server.url}/Users`, { method: 'POST', body, headers })).status).to.equal(201);
      expect(await (await fetch(`${server.url}/Users`)).json()).to.include({ totalResults: 1 });
    } finally {
      expect((await server.stop()).code).to.equal(0);
    }
  });
});
