import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { listCredentials } from '../../../connector/auth/credentials/list-credentials.ts';
import { chooseSettings } from '../../../connector/operations/init/choose-settings.ts';
import { refuseToOverwrite } from '../../../connector/operations/init/configuration-file.ts';
import { type Initialisation, initialise } from '../../../connector/operations/init/initialise.ts';
import { OperationError } from '../../../connector/operations/operation-error.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { rejection } from '../../support/rejection.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('an initialisation', () => {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  const answers = (...lines: readonly string[]): string => {
    writeFileSync(at('answers.toml'), ['config_version = 1', ...lines, ''].join('\n'));
    return at('answers.toml');
  };
  const initialised = async (given: Partial<Initialisation> = {}, file?: string) => {
    const chosen = await chooseSettings([], file, at('state'));
    const wanted = { file: at('connector.toml'), chosen, credentialName: 'okta', handOver: async () => undefined };
    return initialise({ ...wanted, ...given }, recordingLog());
  };

  it('makes configuration, certificate and credential', async () => {
    const { authority, credentials } = await initialised();
    expect(readFileSync(at('connector.toml'), 'utf8')).to.contain(`state_dir = "${at('state')}"`);
    expect(existsSync(authority?.file ?? '')).to.equal(true);
    expect(credentials.map(({ name }) => name)).to.deep.equal(['okta']);
    expect(listCredentials(at('state')).map(({ name }) => name)).to.deep.equal(['okta']);
  });

  it('makes no certificate for plain HTTP, and no credential where the configuration holds one', async () => {
    const file = answers('[server]', 'http = true', '[apps.crm.auth]', 'token = { env = "CRM" }');
    expect(await initialised({}, file)).to.deep.equal({ credentials: [] });
    expect(existsSync(at('state'))).to.equal(false);
  });

  it('writes credentials into a file of their own, for its owner alone', async () => {
    const { credentials } = await initialised({ credentialFile: at('token') });
    expect(readFileSync(at('token'), 'utf8')).to.equal(`${credentials[0]?.secret}\n`);
    expect(statSync(at('token')).mode & 0o777).to.equal(0o600);
  });

  it('hands over before anything is made that the service has to read', async () => {
    const made: string[] = [];
    await initialised({
      handOver: async (file, stateDir) => {
        made.push(file, stateDir, String(existsSync(file)), String(existsSync(stateDir)));
      },
    });
    expect(made).to.deep.equal([at('connector.toml'), at('state'), 'true', 'false']);
  });

  it('puts everything back when it fails, and keeps the configuration before', async () => {
    writeFileSync(at('connector.toml'), 'mine');
    const handOver = () => Promise.reject(new Error('no'));
    expect((await rejection(initialised({ handOver, credentialFile: at('token') }))).message).to.equal('no');
    expect(readFileSync(at('connector.toml'), 'utf8')).to.equal('mine');
    expect(readdirSync(folder.path)).to.deep.equal(['connector.toml']);
  });

  it('takes over no file for credentials that exists', async () => {
    writeFileSync(at('token'), 'mine');
    expect(await rejection(initialised({ credentialFile: at('token') }))).to.include({ code: 'EEXIST' });
    expect(readFileSync(at('token'), 'utf8')).to.equal('mine');
    expect(existsSync(at('connector.toml'))).to.equal(false);
  });

  it('is refused beforehand where there is a configuration', () => {
    refuseToOverwrite(at('connector.toml'));
    writeFileSync(at('connector.toml'), '');
    expect(() => refuseToOverwrite(at('connector.toml'))).to.throw(OperationError, 'exists; edit it');
  });
});
