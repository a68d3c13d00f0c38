import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadConfig } from '../../../connector/config/load/load.ts';
import { checkCredentials } from '../../../connector/operations/check/check-credentials.ts';
import { sheetOf } from '../../../connector/operations/okta/okta-sheet.ts';
import { tokenLights } from '../../../connector/operations/status/token-lights.ts';
import { rejection } from '../../support/rejection.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('an app that clients log in to by OAuth', () => {
  const folder = temporaryFolder();
  const load = async (...auth: readonly string[]) => {
    const text = ['config_version = 1', 'state_dir = "state"', '[apps.default.auth]', 'method = "oauth"', ...auth];
    const { config, warnings } = await loadConfig({ text: text.join('\n'), file: join(folder.path, 'c.toml') });
    const [app] = config.apps;
    if (!app) throw new Error('no app');
    return { config, app, warnings };
  };
  const GOOD = ['client_id = "okta"', 'jwks_file = "client.pub"'];

  it('names its client and where the keys of that are, once', async () => {
    for (const [lines, text] of [
      [[], 'client_id: missing; method "oauth" needs it'],
      [['client_id = "okta"'], 'jwks_uri: missing; method "oauth" needs it, or jwks_file'],
      [[...GOOD, 'jwks_uri = "https://a.example/keys"'], 'jwks_file: has no place beside jwks_uri; keep one of them'],
      [['client_id = "okta"', 'jwks_uri = "http://a.example/keys"'], 'must be an https:// URL'],
      [['client_id = "okta"', 'jwks_uri = "https://u:p@a.example/"'], 'without user name and password'],
      [[...GOOD, 'token_life = "8d"'], 'must lie between 1m and 1d'],
    ] as const)
      expect((await rejection(load(...lines))).message).to.contain(text);
    expect((await load(...GOOD, 'jwks_ca_file = "ca.pem"')).warnings.join()).to.contain(
      'has no effect without jwks_uri',
    );
  });

  it('is told whether its keys can be had, and how many there are', async () => {
    const { config, app } = await load(...GOOD);
    expect(await checkCredentials(config, app)).to.deep.equal({
      status: 'warning',
      text: 'oauth: nobody gets an access token for now: the file of jwks_file cannot be read (ENOENT)',
    });
    const { publicKey } = generateKeyPairSync('ed25519');
    writeFileSync(join(folder.path, 'client.pub'), publicKey.export({ format: 'pem', type: 'spki' }));
    expect(await checkCredentials(config, app)).to.deep.equal({
      status: 'ok',
      text: `oauth: okta: 1 key from ${join(folder.path, 'client.pub')}`,
    });
  });

  it('has no token to print, and says where clients get theirs', async () => {
    const { config, app } = await load(...GOOD);
    const { fields } = await sheetOf(config, app);
    const shown = (name: string) => fields.find(({ field }) => field === name)?.value;
    expect([shown('Client ID'), shown('Token endpoint'), shown('Scope')]).to.deep.equal([
      'okta',
      'https://127.0.0.1:8443/scim/oauth2/token',
      'scim',
    ]);
    expect(await tokenLights(config, Date.now())).to.deep.equal([
      { light: 'tokens', app: 'default', status: 'ok', text: 'method "oauth": clients fetch tokens themselves' },
    ]);
  });
});
