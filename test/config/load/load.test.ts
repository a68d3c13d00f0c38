import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadConfig } from '../../../connector/config/load/load.ts';
import { formatOrigin } from '../../../connector/config/load/problem.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configFile, loadText, problemsOf } from './load-support.ts';

describe('loadConfig', () => {
  const folder = temporaryFolder();

  it('needs no file: one app "default" on HTTPS, loopback, SQLite', async () => {
    const { config, warnings } = await loadConfig({ cwd: folder.path });
    expect(warnings).to.deep.equal([]);
    expect(config.file).to.equal(undefined);
    expect(config.server).to.include({ http: false, deadline: 25_000, max_body: 16_777_216, page_limit: 10_000 });
    expect(config.server.listen).to.deep.equal({ host: '127.0.0.1', port: 8443 });
    expect(config.state_dir).to.equal(join(folder.path, 'connector-data'));
    expect(config.apps).to.have.length(1);
    expect(config.apps[0]).to.deep.include({
      name: 'default',
      path: '/scim/v1',
      backend: 'sqlite',
      put: 'merge',
      create_again: 'accept',
      okta_app: 'onprem_app',
      auth: { method: 'header', header: 'Authorization' },
      sqlite: { file: join(folder.path, 'connector-data', 'connector.db'), passwords: 'hash' },
      users: { custom: [] },
    });
  });

  it('prefers flag to environment to file to default, and knows which one won', async () => {
    const text = '[server]\ndeadline = "11s"\nshutdown_grace = "12s"\nmax_body = "13KiB"\n';
    const { config, originOf } = await loadText(folder.path, text, {
      env: { CONNECTOR_SERVER__DEADLINE: '21s', CONNECTOR_SERVER__SHUTDOWN_GRACE: '22s' },
      flags: [{ path: ['server', 'deadline'], name: '--server.deadline', value: '29s' }],
    });
    expect(config.server).to.include({
      deadline: 29_000,
      shutdown_grace: 22_000,
      max_body: 13_312,
      page_limit: 10_000,
    });
    const origin = (key: string) => formatOrigin(originOf(['server', key])).replace(`${folder.path}/`, '');
    expect(origin('deadline')).to.equal('flag --server.deadline');
    expect(origin('shutdown_grace')).to.equal('environment CONNECTOR_SERVER__SHUTDOWN_GRACE');
    expect(origin('max_body')).to.equal('connector.toml:5');
    expect(origin('page_limit')).to.equal('default');
  });

  it('finds the file by CONNECTOR_CONFIG, unless told another', async () => {
    const env = { CONNECTOR_CONFIG: configFile(folder.path, '[log]\nlevel = "warn"\n') };
    expect((await loadConfig({ cwd: folder.path, env })).config.log.level).to.equal('warn');
    const other = join(folder.path, 'other.toml');
    writeFileSync(other, 'config_version = 1\n');
    expect((await loadConfig({ cwd: folder.path, env, file: 'other.toml' })).config.file).to.equal(other);
  });

  it('starts relative paths in the file at its folder, those of flags and environment at the current one', async () => {
    const text = 'state_dir = "state"\n[apps.a.sqlite]\nfile = "a.db"\n[apps.b]\n[apps.c]\n';
    const { config } = await loadText(folder.path, text, {
      cwd: '/elsewhere',
      env: { CONNECTOR_APPS__B__SQLITE__FILE: 'b.db' },
      flags: [{ path: ['apps', 'd', 'sqlite', 'file'], name: '--apps.d.sqlite.file', value: 'd.db' }],
    });
    expect(config.state_dir).to.equal(join(folder.path, 'state'));
    expect(config.apps.map(({ sqlite }) => sqlite.file)).to.deep.equal([
      join(folder.path, 'a.db'),
      '/elsewhere/b.db',
      join(folder.path, 'state', 'c.db'),
      '/elsewhere/d.db',
    ]);
  });

  it('gives each app its own path and lets it override [auth]', async () => {
    const text = `
[auth]
header = "X-Token"
[apps.default]
[apps.hr]
put = "replace"
[apps.hr.auth]
username = "okta"
password = { env = "HR" }
[apps.east.auth]
header = "X-East"`;
    const { config } = await loadText(folder.path, text, { env: { HR: 'pass:wörd-91-kb' } });
    expect(config.apps.map(({ path }) => path)).to.deep.equal(['/scim/v1', '/hr/scim/v1', '/east/scim/v1']);
    expect(config.apps.map(({ auth }) => [auth.method, auth.header])).to.deep.equal([
      ['header', 'X-Token'],
      ['basic', 'X-Token'],
      ['header', 'X-East'],
    ]);
    expect(config.apps[1]?.auth.password?.reveal()).to.equal('pass:wörd-91-kb');
    expect(config.apps.map(({ create_again }) => create_again)).to.deep.equal(['accept', 'conflict', 'accept']);
  });

  it('takes a fixed credential from the environment', async () => {
    const token = await loadConfig({ cwd: folder.path, env: { CONNECTOR_AUTH__TOKEN: 'a-token-of-some-length' } });
    expect(token.config.apps[0]?.auth).to.include({ method: 'header' });
    expect(token.config.apps[0]?.auth.token?.reveal()).to.equal('a-token-of-some-length');
    const basic = await loadConfig({
      cwd: folder.path,
      env: { CONNECTOR_AUTH__USERNAME: 'okta', CONNECTOR_AUTH__PASSWORD: 'p:w-long-enough' },
    });
    expect(basic.config.apps[0]?.auth).to.include({ method: 'basic', username: 'okta' });
    expect(basic.config.apps[0]?.auth.password?.reveal()).to.equal('p:w-long-enough');
  });

  it('finds secrets in a file, in a variable, in the secret store, and in the file a _FILE variable names', async () => {
    writeFileSync(join(folder.path, 'token'), 'from-a-file-with-a-line-break\n');
    const tokenOf = async (text: string, env = {}) =>
      (
        await loadText(folder.path, text, {
          env,
          resolveSecret: (name, stateDir) => `${name} in ${stateDir.replace(folder.path, '.')}`,
        })
      ).config.apps[0]?.auth.token?.reveal();
    expect(await tokenOf('[auth]\ntoken = { file = "token" }')).to.equal('from-a-file-with-a-line-break');
    expect(await tokenOf('[auth]\ntoken = { env = "T" }', { T: 'from-a-variable ' })).to.equal('from-a-variable ');
    expect(await tokenOf('[auth]\ntoken = { secret = "okta" }')).to.equal('okta in ./connector-data');
    expect(await tokenOf('', { CONNECTOR_AUTH__TOKEN_FILE: 'token' })).to.equal('from-a-file-with-a-line-break');
  });

  it('only warns of missing secrets when they are not needed', async () => {
    const env = { CONNECTOR_TLS__PASSPHRASE_FILE: 'gone', CONNECTOR_TLS__SOURCE: 'pfx', CONNECTOR_TLS__PFX_FILE: 'x' };
    const problems = await problemsOf(folder.path, loadConfig({ cwd: folder.path, env }));
    expect(problems).to.deep.equal([
      "environment CONNECTOR_TLS__PASSPHRASE_FILE: tls.passphrase: the secret's file gone cannot be read (ENOENT)",
    ]);
    const { warnings } = await loadConfig({ cwd: folder.path, env, missingSecrets: 'warn' });
    expect(warnings.map((warning) => warning.replace(`${folder.path}/`, ''))).to.deep.equal(problems);
  });

  it('reads custom attributes into the shape the schema takes', async () => {
    const text = '[apps.default.users.custom]\nbadgeId = { type = "integer", required = true }\nroom = {}\n';
    const { config } = await loadText(folder.path, text);
    expect(config.apps[0]?.users.custom).to.deep.equal([
      { name: 'badgeId', type: 'integer', required: true },
      { name: 'room', type: 'string', required: false },
    ]);
  });

  it('sends a flag for "the app" to the only one, and asks which when there are several', async () => {
    const flags = [{ path: ['apps', '*', 'put'], name: '--put', value: 'replace' }];
    expect((await loadConfig({ cwd: folder.path, flags })).config.apps[0]).to.include({
      name: 'default',
      put: 'replace',
    });
    expect((await loadText(folder.path, '[apps.hr]', { flags })).config.apps[0]).to.include({
      name: 'hr',
      put: 'replace',
    });
    expect(await problemsOf(folder.path, loadText(folder.path, '[apps.hr]\n[apps.it]', { flags }))).to.deep.equal([
      '--put: which of the apps hr, it? Use --apps.NAME.put',
    ]);
  });

  it('advertises no bulk request larger than a body may be', async () => {
    const { config } = await loadText(folder.path, '[server]\nmax_body = "64KiB"\n');
    expect(config.server.bulk_max_payload).to.equal(65_536);
  });

  it('keeps a base URL without the slash at its end', async () => {
    const { config } = await loadText(folder.path, '[server]\nbase_url = "https://idm.corp.example/okta/"\n');
    expect(config.server.base_url).to.equal('https://idm.corp.example/okta');
  });
});
