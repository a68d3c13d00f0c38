import { expect } from 'chai';
import { addCredential } from '../../../connector/auth/credentials/add-credential.ts';
import type { Config } from '../../../connector/config/config.ts';
import { makeQuickStartCredential } from '../../../connector/operations/credential/first-credential.ts';
import { type Sheet, type Started, sheetOf } from '../../../connector/operations/okta/okta-sheet.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configuration } from '../configuration.ts';

describe('the sheet for Okta', () => {
  const folder = temporaryFolder();
  const configured = async (...lines: readonly string[]) => (await configuration(folder.path, ...lines)).config;
  const sheets = (config: Config, started?: Started): Promise<readonly Sheet[]> =>
    Promise.all(config.apps.map((app) => sheetOf(config, app, started)));
  const field = (sheet: Sheet | undefined, name: string) => sheet?.fields.find((one) => one.field === name);

  it('has every field of the form, with the values of the app', async () => {
    const config = await configured(
      ...['[server]', 'base_url = "https://idm01.corp.example:8443"', 'deadline = "40s"', '[apps.main]', '[apps.hr]'],
      ...['read_only = true', '[apps.hr.auth]', 'header = "X-Token"'],
    );
    const [main, hr] = await sheets(config);
    expect(main?.fields.map((one) => [one.field, one.value])).to.deep.equal([
      ['SCIM connector base URL', 'https://idm01.corp.example:8443/main/scim/v1/'],
      ['Authorization type', 'HTTP Header'],
      ['HTTP header name', 'Authorization'],
      ['HTTP header value', 'Bearer <token>'],
      ['Unique user field name', 'userName'],
      ['Accept user updates', 'on'],
      ['Timeout for API calls', '45 seconds'],
    ]);
    expect(field(hr, 'HTTP header name')?.value).to.equal('X-Token');
    // Okta sends the value as typed, and only `Authorization` has a scheme.
    expect(field(hr, 'HTTP header value')?.value).to.equal('<token>');
    expect(main?.capabilities).to.include('PUSH_NEW_USERS');
    expect(hr?.capabilities).to.deep.equal([
      'IMPORT_NEW_USERS',
      'IMPORT_PROFILE_UPDATES',
      'OPP_SCIM_INCREMENTAL_IMPORTS',
    ]);
  });

  it('shows a credential made at this start once, where it fits, and never the secret of another', async () => {
    const config = await configured('[apps.main]', '[apps.hr.auth]', 'method = "basic"');
    const made = await makeQuickStartCredential(config);
    const other = await addCredential(config.state_dir, { name: 'agent', basic: 'corp' });
    const [main, hr] = await sheets(config, { baseUrl: 'https://here/scim/v1', made });
    expect(field(main, 'SCIM connector base URL')?.value).to.equal('https://here/scim/v1/');
    expect(field(main, 'HTTP header value')).to.deep.equal({
      field: 'HTTP header value',
      value: `Bearer ${made?.secret}`,
      hint: 'shown this once',
    });
    expect(field(hr, 'Username')?.value).to.equal('corp');
    expect(field(hr, 'Password')?.value).to.equal('<the password "agent">');
    const [later] = await sheets(config);
    expect(field(later, 'HTTP header value')?.value).to.equal('Bearer <the token "first">');
    expect(JSON.stringify([hr, later]))
      .not.to.contain(other)
      .and.not.to.contain(made?.secret);
  });

  it('says which base URL is for what, with entitlements SCIM 2.0 in the form', async () => {
    const ROLES = ['[apps.hr.entitlements.Role]', 'kind = "role"', 'list = { admin = "Administrator" }'];
    const [main, older, hr] = await sheets(
      await configured('[apps.main]', '[apps.older]', 'versions = ["1.1"]', '[apps.hr]', ...ROLES),
      { baseUrl: 'https://here/hr/scim/v1' },
    );
    expect(main?.base_urls.map(({ purpose, version, url }) => [purpose, version, url])).to.deep.equal([
      ['Okta: users, imports, group push', '1.1', 'https://here/hr/scim/v1/'],
      ['Okta: entitlements, schema import', '2.0', 'https://here/hr/scim/v2/'],
      ['Microsoft Entra', '2.0', 'https://here/hr/scim/v2'],
    ]);
    expect(older?.base_urls.map(({ version }) => version)).to.deep.equal(['1.1']);
    expect(older?.notes.join()).to.match(/Entitlements, schema import and Microsoft Entra need SCIM 2\.0/);
    expect(field(hr, 'SCIM connector base URL')?.value).to.equal('https://here/hr/scim/v2/');
    expect(hr?.notes.join()).to.match(/Group push is known to work over SCIM 1\.1 alone/);
  });

  it('asks for nothing and warns where whoever comes is let in', async () => {
    const [sheet] = await sheets(await configured('[apps.main.auth]', 'method = "none"'));
    expect(sheet?.fields.map((one) => one.field)).to.deep.equal([
      'SCIM connector base URL',
      'Authorization type',
      'Unique user field name',
      'Accept user updates',
      'Timeout for API calls',
    ]);
    expect(sheet?.notes).to.include('Whoever reaches this port may do everything.');
  });

  it('says that agents must trust the CA of a certificate that is not ours', async () => {
    const [sheet] = await sheets(
      await configured('[tls]', 'source = "files"', 'cert_file = "a.pem"', 'key_file = "a.key"'),
    );
    expect(sheet?.trust).to.equal(null);
    expect(sheet?.notes.join()).to.match(/every agent must trust the CA that issued it/);
    const [own] = await sheets(await configured('[apps.main]'));
    expect(own?.notes.join()).not.to.contain('every agent must trust');
  });
});
