import { expect } from 'chai';
import { addCredential } from '../../../connector/auth/credentials/add-credential.ts';
import { listCredentials } from '../../../connector/auth/credentials/list-credentials.ts';
import type { Config } from '../../../connector/config/config.ts';
import { callerCredential, lockedApps } from '../../../connector/operations/credential/caller-credential.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configuration } from '../configuration.ts';

const APPS = ['[apps.main]', '[apps.hr.auth]', 'method = "basic"', '[apps.open.auth]', 'method = "none"'];

describe('what a caller of an app can log in with', () => {
  const folder = temporaryFolder();
  const configured = async (...lines: readonly string[]) => (await configuration(folder.path, ...lines)).config;
  const of = (config: Config, name: string) => {
    const app = config.apps.find((one) => one.name === name);
    if (!app) throw new Error(`no app ${name}`);
    return callerCredential(app, listCredentials(config.state_dir));
  };

  it('is missing at first, and nothing where nothing is asked for', async () => {
    const config = await configured(...APPS);
    expect(of(config, 'main')).to.deep.equal({ kind: 'missing' });
    expect(of(config, 'hr')).to.deep.equal({ kind: 'missing' });
    expect(of(config, 'open')).to.equal(undefined);
    expect((await lockedApps(config)).map(({ name }) => name)).to.have.members(['main', 'hr']);
  });

  it('is what was made for it or for every app, of the kind it asks for, and not expired', async () => {
    const config = await configured(...APPS);
    const add = (name: string, more: object = {}) => addCredential(config.state_dir, { name, ...more });
    await add('for-all');
    await add('for-main', { app: 'main' });
    await add('for-hr', { app: 'hr' });
    await add('password', { basic: 'okta' });
    await add('expired', { expires: new Date(Date.now() - 1) });
    expect(of(config, 'main')).to.deep.equal({ kind: 'stored', names: ['for-all', 'for-main'] });
    expect(of(config, 'hr')).to.deep.equal({ kind: 'stored', names: ['password'], username: 'okta' });
    expect(await lockedApps(config)).to.deep.equal([]);
  });

  it('is the one of the configuration before all others', async () => {
    const config = await configured('[apps.main.auth]', 'token = { file = "token.txt" }');
    expect(of(config, 'main')).to.deep.equal({ kind: 'missing' });
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${folder.path}/token.txt`, 'a-token-of-some-length\n');
    const again = await configured('[apps.main.auth]', 'token = { file = "token.txt" }');
    await addCredential(again.state_dir, { name: 'made' });
    expect(of(again, 'main')).to.deep.equal({ kind: 'fixed' });
  });
});
