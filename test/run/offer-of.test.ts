import { expect } from 'chai';
import { createBackend } from '../../connector/backend/registry.ts';
import type { Offer } from '../../connector/protocol/offer.ts';
import { offerOf } from '../../connector/run/app-rules.ts';
import { configuration } from '../operations/configuration.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('what an app offers', () => {
  const folder = temporaryFolder();
  const offer = async (version: string, ...lines: readonly string[]): Promise<Offer> => {
    const { config } = await configuration(folder.path, '[auth]', 'method = "none"', '[apps.default]', ...lines);
    const [app] = config.apps;
    if (!app) throw new Error('no app');
    return offerOf(config, app, await createBackend(app), version);
  };

  it('is pages of a thousand at most where the profile of SCIM 2.0 is spoken [F-05]', async () => {
    const profile = 'dialect = "profile"';
    expect((await offer('2.0', profile)).maxResults).to.equal(1000);
    for (const [version, ...lines] of [['2.0'], ['1.1', profile]] as const)
      expect((await offer(version, ...lines)).maxResults).to.equal(10_000);
  });
});
