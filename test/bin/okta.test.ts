import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { cli } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TEXT = `config_version = 1
[server]
base_url = "https://idm01.corp.example:8443"
deadline = "40s"
[apps.default]
okta_app = "acme_ldap_1"
[apps.default.users.custom]
badgeId = { type = "integer" }
startDate = { type = "datetime" }
skills = { type = "list" }
[apps.hr]
read_only = true
[apps.hr.auth]
header = "X-Token"
`;

describe('okta', () => {
  const folder = temporaryFolder();
  const run = (words: string) => {
    writeFileSync(join(folder.path, 'c.toml'), TEXT);
    return cli(['okta', ...words.split(' '), '--config', 'c.toml'], { cwd: folder.path });
  };
  it('sheet prints one for each app, or the one that is asked for', async () => {
    const apps = async (words: string) => JSON.parse((await run(words)).stdout).map(({ app }: { app: string }) => app);
    expect(await apps('sheet --json')).to.deep.equal(['default', 'hr']);
    expect(await apps('sheet --json --app hr')).to.deep.equal(['hr']);
  });

  it('sheet names the tokens there are, never what they say', async () => {
    const made = await cli(['token', 'add', 'okta'], { cwd: folder.path });
    const { stdout } = await run('sheet --app default');
    expect(stdout).to.contain('Bearer <the token "okta">');
    expect(stdout).not.to.contain(made.stdout.trim());
  });

  it('sheet tells how agents come to trust the certificate, once there is one', async () => {
    expect((await run('sheet --app hr')).stdout).to.contain('The first start makes the certificate');
    await cli(['cert', 'renew'], { cwd: folder.path });
    const { stdout } = await run('sheet --app hr');
    expect(stdout).to.contain(join(folder.path, 'connector-data', 'tls', 'ca.crt'));
    expect(stdout)
      .to.match(/keytool -importcert .*-keystore/)
      .and.match(/keytool\.exe" -importcert/);
  });

  it('sheet prints Markdown tables', async () => {
    const { stdout } = await run('sheet --app default --markdown');
    expect(stdout).to.contain('| SCIM connector base URL | https://idm01.corp.example:8443/scim/v1/ |');
    expect(stdout).to.match(/^\| (HTTP header value|Password) \| [^<]*&lt;/m);
    expect(stdout).to.contain('| Badge id | badgeId | badgeId | urn:okta:acme_ldap_1:1.0:user:custom | integer |');
  });

  it("schema gives what Okta's Profile Editor asks for", async () => {
    const [first] = JSON.parse((await run('schema --json --app default')).stdout);
    const namespace = 'urn:okta:acme_ldap_1:1.0:user:custom';
    const row = (display_name: string, name: string, type: string) => ({
      display_name,
      variable_name: name,
      external_name: name,
      external_namespace: namespace,
      type,
      required: false,
    });
    expect(first.attributes).to.deep.equal([
      row('Badge id', 'badgeId', 'integer'),
      row('Start date', 'startDate', 'string'),
      row('Skills', 'skills', 'string array'),
    ]);
  });

  it('schema says where to declare attributes when there are none', async () => {
    const { code, stdout, stderr } = await run('schema --app hr');
    expect([code, stdout]).to.deep.equal([0, '']);
    expect(stderr).to.contain('app hr: no custom attributes; declare them under [apps.hr.users.custom]\n');
  });

  it('capabilities say why each is on or off', async () => {
    const [, hr] = JSON.parse((await run('capabilities --json')).stdout);
    const push = hr.capabilities.find(({ name }: { name: string }) => name === 'PUSH_NEW_USERS');
    expect(push).to.deep.equal({ name: 'PUSH_NEW_USERS', on: false, because: 'the connector is read-only' });
    expect((await run('capabilities --app hr')).stdout).to.match(/PUSH_NEW_USERS +off +the connector is read-only/);
  });
});
