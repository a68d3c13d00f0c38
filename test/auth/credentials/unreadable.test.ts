import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { addCredential } from '../../../connector/auth/credentials/add-credential.ts';
import { CredentialStore } from '../../../connector/auth/credentials/credential-store.ts';
import { listCredentials } from '../../../connector/auth/credentials/list-credentials.ts';
import { revokeCredential } from '../../../connector/auth/credentials/revoke-credential.ts';
import { type RecordingLog, recordingLog } from '../../support/recording-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('credentials that cannot be read for a while', () => {
  const folder = temporaryFolder();
  const file = (): string => join(folder.path, 'credentials.json');
  let log: RecordingLog;
  let store: CredentialStore;

  const open = (lookEvery: number): void => {
    log = recordingLog();
    store = new CredentialStore({ stateDir: folder.path, log, lookEvery });
  };
  const isAccepted = (token: string): boolean => store.verifyToken(token, 'default').accepted;
  /** While `work` runs there is something at the file's path that no account can read, root neither. */
  const whileUnreadable = (work: () => void): void => {
    renameSync(file(), `${file()}.aside`);
    mkdirSync(file());
    work();
    rmSync(file(), { recursive: true });
    renameSync(`${file()}.aside`, file());
  };
  afterEach(() => store.close());

  it('are revoked as soon as they can be read again, and the log said so as an error', async () => {
    const token = await addCredential(folder.path, { name: 'okta' });
    await addCredential(folder.path, { name: 'other' });
    open(0);
    await revokeCredential(folder.path, 'okta');
    whileUnreadable(() => expect([isAccepted(token), isAccepted(token)]).to.deep.equal([true, true]));
    expect(isAccepted(token)).to.equal(false);
    expect(log.errors).to.have.lengthOf(1);
    expect(log.errors[0]).to.match(/keeping the credentials in use.*credentials\.json cannot be read \(EISDIR\)/);
    expect(log.notes).to.have.lengthOf(1);
  });

  it('are revoked when what was damaged comes back as it was', async () => {
    const token = await addCredential(folder.path, { name: 'okta' });
    open(0);
    await revokeCredential(folder.path, 'okta');
    renameSync(file(), `${file()}.aside`);
    writeFileSync(file(), 'half a fi');
    expect(isAccepted(token)).to.equal(true);
    rmSync(file());
    expect(isAccepted(token)).to.equal(false);
  });

  it('are read at once on request, without waiting for the next look', async () => {
    const token = await addCredential(folder.path, { name: 'okta' });
    open(3_600_000);
    await revokeCredential(folder.path, 'okta');
    whileUnreadable(() => store.readAgain());
    expect(isAccepted(token)).to.equal(true);
    store.readAgain();
    expect(isAccepted(token)).to.equal(false);
  });

  it('keep the note of their last use until it could be written', async () => {
    const token = await addCredential(folder.path, { name: 'okta' });
    open(0);
    expect(isAccepted(token)).to.equal(true);
    const inTheWay = join(folder.path, 'last-use.json');
    mkdirSync(inTheWay);
    store.close();
    expect(log.warnings).to.have.lengthOf(1);
    rmSync(inTheWay, { recursive: true });
    store.close();
    expect(listCredentials(folder.path)[0]).to.have.property('lastUsed');
  });
});
