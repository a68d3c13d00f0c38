import { expect } from 'chai';
import { policyOf } from '../../connector/run/app-rules.ts';
import type { Policy } from '../../connector/service/policy.ts';
import { configuration } from '../operations/configuration.ts';
import { types } from '../support/directories/ldap-backend.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the rules of an app', () => {
  const folder = temporaryFolder();
  const policy = async (version: string, ...lines: readonly string[]): Promise<Policy> => {
    const { config } = await configuration(folder.path, '[auth]', 'method = "none"', '[apps.default]', ...lines);
    const [app] = config.apps;
    if (!app) throw new Error('no app');
    return policyOf(app, types, version);
  };

  it('refuse unknown members by the letter of 2.0, and leave them out otherwise', async () => {
    const strict = 'dialect = "strict"';
    expect((await policy('2.0', strict)).unknownMembers).to.equal('refuse');
    for (const [version, ...lines] of [['2.0'], ['1.1', strict], ['2.0', 'dialect = "profile"']] as const)
      expect((await policy(version, ...lines)).unknownMembers).to.equal('leave_out');
    expect((await policy('2.0', 'unknown_members = "refuse"')).unknownMembers).to.equal('refuse');
  });
});
