import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError } from '../../../connector/config/load/problem.ts';
import { chooseSettings } from '../../../connector/operations/init/choose-settings.ts';
import { rejection } from '../../support/rejection.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('chosen settings', () => {
  const folder = temporaryFolder();
  const answers = (...lines: readonly string[]): string => {
    const file = join(folder.path, 'answers.toml');
    writeFileSync(file, ['config_version = 1', ...lines, ''].join('\n'));
    return file;
  };
  const written = async (flags: Parameters<typeof chooseSettings>[0], file?: string) => {
    const { settings } = await chooseSettings(flags, file, join(folder.path, 'state'));
    return Object.fromEntries(settings.map(({ path, value }) => [path.join('.'), value]));
  };

  it('are what differs from the defaults, and where the state lies', async () => {
    const flag = { path: ['server', 'listen'], name: '--server.listen', value: ':8443' };
    expect(await written([flag])).to.deep.equal({ state_dir: join(folder.path, 'state'), 'server.listen': ':8443' });
  });

  it('are flags before answers, with paths that mean the same anywhere', async () => {
    const file = answers('state_dir = "here"', '[log]', 'level = "debug"');
    const flag = { path: ['log', 'level'], name: '--log.level', value: 'warn' };
    expect(await written([flag], file)).to.deep.equal({ state_dir: join(folder.path, 'here'), 'log.level': 'warn' });
  });

  it('show in an app what it takes from the common [auth], and name secrets without opening them', async () => {
    const file = answers('[auth]', 'method = "header"', '[apps.crm.auth]', 'token = { env = "CRM" }');
    expect(await written([], file)).to.deep.include({
      'apps.crm.auth.method': 'header',
      'apps.crm.auth.token': { env: 'CRM' },
    });
  });

  it('are refused as a whole when one is wrong, and when there is no such file', async () => {
    const flag = { path: ['log', 'level'], name: '--log.level', value: 'loud' };
    expect(await rejection(written([flag]))).to.be.an.instanceOf(ConfigError);
    expect((await rejection(written([], join(folder.path, 'gone.toml')))).message).to.match(/--answers takes a file/);
  });
});
