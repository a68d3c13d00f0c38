import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { addCredential } from '../../../connector/auth/credentials/add-credential.ts';
import { CredentialStore } from '../../../connector/auth/credentials/credential-store.ts';
import { readLastUse } from '../../../connector/auth/credentials/last-use.ts';
import { isAbandoned, isLent, lentName } from '../../../connector/auth/credentials/lent-name.ts';
import { listCredentials } from '../../../connector/auth/credentials/list-credentials.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Of a process that has ended. */
const gone = `doctor-${spawnSync(process.execPath, ['-e', '']).pid}-0123abcd`;

describe('a credential that is lent to a command', () => {
  const folder = temporaryFolder();

  it('is known by its name, and whether its command has ended', () => {
    const [ours, another] = [{ name: lentName('0123abcd') }, { name: 'doctor-okta' }];
    expect([ours, { name: gone }, another].map(isLent)).to.deep.equal([true, true, false]);
    expect([ours, { name: gone }, another].map(isAbandoned)).to.deep.equal([false, true, false]);
  });

  it("is none of Okta's: nobody is told of it or of its end", async () => {
    const { path: stateDir } = folder;
    const expires = new Date(Date.now() + 60_000);
    const lent = await addCredential(stateDir, { name: lentName('0123abcd'), expires });
    await addCredential(stateDir, { name: 'okta', expires });
    expect(listCredentials(stateDir).map(({ name }) => name)).to.deep.equal(['okta']);
    expect(listCredentials(stateDir, { withLent: true })).to.have.length(2);
    const store = new CredentialStore({ stateDir, log: recordingLog() });
    expect(store.expiries().map(({ name }) => name)).to.deep.equal(['okta']);
    expect(store.verifyToken(lent, 'default')).to.deep.include({ accepted: true });
    store.close();
    expect(readLastUse(stateDir).size).to.equal(0);
  });
});
