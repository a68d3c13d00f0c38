import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { addCredential } from '../../../connector/auth/credentials/add-credential.ts';
import { type Check, runChecks } from '../../../connector/operations/check/check.ts';
import { CustomerAuthority } from '../../support/customer-authority.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configuration } from '../configuration.ts';

describe('a check', () => {
  const folder = temporaryFolder();
  const at = (...names: readonly string[]): string => join(folder.path, ...names);
  // Others may have the usual port.
  const LISTEN = ['[server]', 'listen = "127.0.0.1:0"'];
  const checked = async (...lines: readonly string[]) =>
    runChecks(await configuration(folder.path, ...lines, ...(lines.includes('[server]') ? [] : LISTEN)));
  const failures = (checks: readonly Check[]) =>
    checks.filter(({ status }) => status === 'failed').map(({ check, failure }) => [check, failure]);
  const foreign = (): string => {
    const db = new Database(at('foreign.db'));
    db.exec('CREATE TABLE t (x)');
    db.close();
    return `file = "foreign.db"`;
  };

  it('before the first start finds everything in order but that nobody can log in, and makes nothing', async () => {
    const checks = await checked('[apps.main]');
    expect(checks.map(({ check, app = '', status }) => `${check} ${app} ${status}`)).to.deep.equal([
      'configuration  ok',
      'state  ok',
      'certificate  ok',
      'backend main ok',
      'credentials main warning',
      'base URL main ok',
      'capabilities main ok',
    ]);
    expect(existsSync(at('connector-data'))).to.equal(false);
  });

  it('says which base URL to enter, and that SCIM 1.1 has no entitlements', async () => {
    const ROLES = ['[apps.main.entitlements.Role]', 'kind = "role"', 'list = { admin = "Administrator" }'];
    const told = async (...lines: readonly string[]) =>
      (await checked(...lines)).find(({ check }) => check === 'base URL');
    const both = await told('[apps.main]');
    expect(both?.text).to.match(/^enter https:.*\/v1\/ in Okta; https:.*\/v2\/ for Okta: entitlements/);
    expect(await told('[apps.main]', 'versions = ["1.1"]', ...ROLES)).to.include({ status: 'warning' });
    expect(await told('[apps.main]', ...ROLES)).to.include({ status: 'ok' });
    mkdirSync(at('connector-data'));
    const spoken = { app: 'main', actor: 'okta', version: '1.1', since: '', last: '', begun: 1 };
    const lists = { contacts: [], errors: [], counts: [], handshakes: [], imports: [], versions: [spoken] };
    writeFileSync(at('connector-data', 'vitals.json'), JSON.stringify({ version: 1, saved: '', ...lists }));
    expect((await told('[apps.main]', ...ROLES))?.text).to.match(
      /^entitlements are configured, and Okta speaks SCIM 1\.1, which has none: enter https:.*\/v2\/ in Okta$/,
    );
  });

  it('tells what reading the configuration has warned of', async () => {
    const checks = await checked('[apps.main.auth]', 'token = { env = "NOWHERE_SET" }');
    expect(checks[1]).to.include({ check: 'configuration', status: 'warning' });
    expect(checks[1]?.text).to.contain('NOWHERE_SET');
  });

  it('tells of every app what kind of thing is wrong with it', async () => {
    mkdirSync(at('connector-data'));
    writeFileSync(at('connector-data', 'credentials.json'), '{');
    const checks = await checked(
      ...['[tls]', 'source = "pfx"', 'pfx_file = "gone.pfx"', '[apps.main.sqlite]', foreign(), '[apps.hr]'],
    );
    expect(failures(checks)).to.deep.equal([
      ['certificate', 'tls'],
      ['backend', 'backend'],
      ['credentials', 'secret'],
      ['credentials', 'secret'],
    ]);
  });

  it('tells the kind of an error that has one, whatever was looked at', async () => {
    writeFileSync(at('file'), '');
    expect(failures(await checked('state_dir = "file"'))).to.deep.include(['state', 'usage']);
  });

  it('names the credentials there are', async () => {
    await addCredential(at('connector-data'), { name: 'okta' });
    const checks = await checked('[apps.main]', '[apps.open.auth]', 'method = "none"');
    expect(checks.filter(({ check }) => check === 'credentials').map(({ text }) => text)).to.deep.equal([
      'header: okta',
      'method "none": whoever reaches the port may do everything',
    ]);
  });

  it('warns of a certificate that does not name what the base URL calls', async () => {
    const authority = new CustomerAuthority(folder.path);
    const { cert, key } = authority.leaf({ names: 'DNS:*.corp.example' });
    writeFileSync(at('server.crt'), cert + authority.intermediate + authority.root);
    writeFileSync(at('server.key'), key, { mode: 0o600 });
    const warnings = async (...server: readonly string[]) =>
      (await checked(...server, '[tls]', 'source = "files"', 'cert_file = "server.crt"', 'key_file = "server.key"'))
        .filter(({ check, status }) => check === 'certificate' && status === 'warning')
        .map(({ text }) => text);
    expect((await warnings()).join()).to.include('does not name 127.0.0.1');
    expect(await warnings(...LISTEN, 'base_url = "https://idm01.corp.example"')).to.deep.equal([]);
    expect((await warnings(...LISTEN, 'base_url = "https://a.b.corp.example"')).join()).to.include('a.b.corp.example');
  });

  it('says that a certificate has no names, once', async () => {
    const authority = new CustomerAuthority(folder.path);
    const { cert, key } = authority.leaf({ names: '' });
    writeFileSync(at('server.crt'), cert + authority.intermediate + authority.root);
    writeFileSync(at('server.key'), key, { mode: 0o600 });
    const checks = (
      await checked('[tls]', 'source = "files"', 'cert_file = "server.crt"', 'key_file = "server.key"')
    ).filter(({ check }) => check === 'certificate');
    expect(checks).to.have.lengthOf(2);
    expect(checks[0]?.text).to.match(
      /^no names; valid until \S+; every agent must trust the CA above CN=Corp Issuing$/,
    );
    expect(checks[1]?.text).to.include('names no host');
  });
});
