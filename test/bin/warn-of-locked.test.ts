import { expect } from 'chai';
import { warnOfLocked } from '../../bin/commands/serve/announce.ts';
import { configuration } from '../operations/configuration.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('what a start says of apps without a credential', () => {
  const folder = temporaryFolder();

  it('ends nothing where the database of the credentials has gone away meanwhile', async () => {
    // Nobody listens on that port.
    const { config } = await configuration(
      folder.path,
      'state = "postgres"',
      '[state.postgres]',
      'url = "postgres://scim@127.0.0.1:1/scim"',
    );
    const warnings: string[] = [];
    await warnOfLocked(config, { warn: (text) => void warnings.push(text) });
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.match(/^not looked whether every app has a credential: .*127\.0\.0\.1:1/);
  });
});
