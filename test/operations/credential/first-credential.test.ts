import { expect } from 'chai';
import { addCredential } from '../../../connector/auth/credentials/add-credential.ts';
import { listCredentials } from '../../../connector/auth/credentials/list-credentials.ts';
import {
  makeFirstCredentials,
  makeQuickStartCredential,
  takeBack,
} from '../../../connector/operations/credential/first-credential.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configuration } from '../configuration.ts';

describe('first credentials', () => {
  const folder = temporaryFolder();
  const configured = async (...lines: readonly string[]) => (await configuration(folder.path, ...lines)).config;

  it('are one for each kind that is asked for, of which the first has the name', async () => {
    const config = await configured(
      ...['[apps.a]', '[apps.b]', '[apps.c.auth]', 'method = "basic"', '[apps.d.auth]', 'method = "none"'],
    );
    const made = await makeFirstCredentials(config, config.apps, 'okta');
    expect(made.map(({ name, username }) => [name, username])).to.deep.equal([
      ['okta', undefined],
      ['okta-c', 'okta'],
    ]);
    expect(new Set(made.map(({ secret }) => secret)).size).to.equal(2);
    expect(await makeFirstCredentials(config, config.apps, 'again')).to.deep.equal([]);
  });

  it('of a quick start are made when there is none of any kind, and can be taken back', async () => {
    const config = await configured('[apps.open.auth]', 'method = "none"', '[apps.hr.auth]', 'method = "basic"');
    const made = await makeQuickStartCredential(config);
    if (!made) throw new Error('there was none');
    expect(made).to.include({ name: 'first', username: 'okta' });
    expect(await makeQuickStartCredential(config)).to.equal(undefined);
    await takeBack(config, made);
    expect(listCredentials(config.state_dir)).to.deep.equal([]);
  });

  it('of a quick start are not made beside one that does not fit', async () => {
    const config = await configured('[apps.main]');
    await addCredential(config.state_dir, { name: 'password', basic: 'okta' });
    expect(await makeQuickStartCredential(config)).to.equal(undefined);
  });
});
