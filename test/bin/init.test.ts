import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CliResult, cli } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The settings in a file, without comments and empty tables. */
const settingsIn = (text: string): readonly string[] => text.split('\n').filter((line) => /^[^#]+ = /.test(line));

describe('init', () => {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  const init = (...words: string[]): Promise<CliResult> =>
    cli(['init', '--config', at('connector.toml'), ...words], { cwd: folder.path });

  it('writes what it was given into the commented example', async () => {
    const { code, stderr } = await init('--yes', '--server.listen', ':8443', '--tls.names', 'idm01.corp.example');
    expect(code, stderr).to.equal(0);
    const text = readFileSync(at('connector.toml'), 'utf8');
    expect(settingsIn(text)).to.deep.equal([
      'config_version = 1',
      `state_dir = "${at('connector-data')}"`,
      'listen = ":8443"',
      'names = ["idm01.corp.example"]',
    ]);
    expect(text).to.include('#deadline = "25s"');
  });

  it('makes a certificate and a first token that the checks find', async () => {
    const { stdout } = await init('--yes', '--json');
    const made = JSON.parse(stdout) as { ca: { file: string }; credentials: object[]; next: string[] };
    expect(existsSync(made.ca.file)).to.equal(true);
    expect(made.credentials).to.have.length(1);
    const checked = await cli(['check', '--strict', '--config', at('connector.toml')]);
    expect(checked.code, checked.stdout).to.equal(0);
  });

  it('writes the token to a file that only its owner may read, and does not print it', async () => {
    const { stdout } = await init('--yes', '--token-file', at('token'));
    const token = readFileSync(at('token'), 'utf8').trim();
    expect(token).to.match(/^scim_/);
    expect(stdout).not.to.include(token);
    expect(statSync(at('token')).mode & 0o777).to.equal(0o600);
  });

  it('takes an answers file, with several apps, custom attributes and named secrets', async () => {
    writeFileSync(
      at('answers.toml'),
      `config_version = 1
[apps.hr.users.custom]
badgeId = { type = "string" }
[apps.crm.auth]
token = { env = "CRM" }
`,
    );
    const { code, stdout, stderr } = await init('--answers', at('answers.toml'), '--json');
    expect(code, stderr).to.equal(0);
    expect(settingsIn(readFileSync(at('connector.toml'), 'utf8'))).to.include.members([
      'type = "string"',
      'token = { env = "CRM" }',
    ]);
    // The app whose token is set by configuration needs none.
    expect(JSON.parse(stdout)).to.have.nested.property('credentials.length', 1);
    const checked = await cli(['check', '--config', at('connector.toml')], { env: { CRM: 'x'.repeat(40) } });
    expect(checked.code, checked.stdout).to.equal(0);
  });

  it('replaces a configuration only with --force, and keeps the old one', async () => {
    writeFileSync(at('connector.toml'), 'mine');
    const refused = await init('--yes');
    expect(refused.code).to.equal(2);
    expect(refused.stderr).to.include('--force');
    expect(readFileSync(at('connector.toml'), 'utf8')).to.equal('mine');
    expect((await init('--yes', '--force')).code).to.equal(0);
    expect(readFileSync(at('connector.toml.old'), 'utf8')).to.equal('mine');
  });

  it('writes nothing when a setting is wrong', async () => {
    const { code, stderr } = await init('--yes', '--server.deadline', 'soon');
    expect(code).to.equal(2);
    expect(stderr).to.include('--server.deadline');
    expect(existsSync(at('connector.toml'))).to.equal(false);
  });
});
