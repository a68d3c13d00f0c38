import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CredentialStore, type Verification } from '../../../connector/auth/credentials/credential-store.ts';
import { revokeCredential } from '../../../connector/auth/credentials/revoke-credential.ts';
import { hashPassword } from '../../../connector/secrets/password-hash.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { attemptFrom } from '../attempts.ts';

const UNKNOWN = { accepted: false, why: 'unknown' };
const isBusy = (verdict: Verification): boolean => !verdict.accepted && verdict.why === 'busy';

/** Passwords kept as argon2 hashes, as earlier versions did: they take work to verify, once after each start. */
describe('credentials with a hashed password', () => {
  const folder = temporaryFolder();
  let store: CredentialStore;

  /** Writes them as earlier versions did and opens the store. @param passwords  by name, which is the user name too */
  const open = async (passwords: Readonly<Record<string, string>>, username?: string): Promise<void> => {
    const credentials = [];
    for (const [name, password] of Object.entries(passwords)) {
      const hash = await hashPassword(password);
      credentials.push({ kind: 'basic', name, created: '2026-01-01T00:00:00.000Z', username: username ?? name, hash });
    }
    writeFileSync(join(folder.path, 'credentials.json'), JSON.stringify({ version: 1, credentials }));
    store = new CredentialStore({ stateDir: folder.path, log: recordingLog(), lookEvery: 0 });
  };
  const verify = (username: string, password: string, from = attemptFrom()): Promise<Verification> =>
    store.verifyBasic(username, password, 'default', from);
  afterEach(() => store.close());

  it('are accepted with their own password only', async () => {
    await open({ okta: 'right', other: 'else' });
    for (let i = 0; i < 2; i += 1)
      expect(await verify('okta', 'right')).to.deep.equal({ accepted: true, name: 'okta' });
    for (const [name, password] of [
      ['okta', 'else'],
      ['nobody', 'right'],
      ['okta', ''],
    ] as const)
      expect(await verify(name, password)).to.deep.equal(UNKNOWN);
  });

  it('overlap under one user name', async () => {
    await open({ old: 'one', next: 'two' }, 'okta');
    for (const password of ['two', 'one', 'two', 'one'])
      expect((await verify('okta', password)).accepted).to.equal(true);
    await revokeCredential(folder.path, 'old');
    expect(await verify('okta', 'one')).to.deep.equal(UNKNOWN);
    expect((await verify('okta', 'two')).accepted).to.equal(true);
  });

  it('are found while others guess, from however many addresses and connections', async () => {
    await open({ okta: 'right' });
    const settled: string[] = [];
    const guess = (who: number): Promise<Verification> => {
      const from = attemptFrom(`198.51.100.${who}`, false);
      return verify('okta', `wrong ${who}`, from).finally(() => settled.push('guess'));
    };
    const flood = Array.from({ length: 300 }, (_, i) => guess(i % 60));
    const right = verify('okta', 'right').finally(() => settled.push('right'));
    expect(await right).to.deep.equal({ accepted: true, name: 'okta' });
    // One was running already, and one at most has had a turn since; the rest were told to come again.
    const verdicts = await Promise.all(flood);
    expect(verdicts.filter(isBusy)).to.have.lengthOf(300 - 1 - 32 * 2);
    expect(settled.slice(300 - 1 - 32 * 2).indexOf('right')).to.be.lessThan(3);
  });

  it('are found while somebody guesses from the same address, or are told to come again', async () => {
    await open({ okta: 'right' });
    const flood = Array.from({ length: 20 }, () => verify('okta', 'wrong'));
    expect(isBusy(await verify('okta', 'right'))).to.equal(true);
    expect((await Promise.all(flood)).filter(isBusy)).to.have.lengthOf(20 - 1 - 2);
    expect((await verify('okta', 'right')).accepted).to.equal(true);
  });

  it('cost nothing more once they are proven: guesses are refused at once', async () => {
    await open({ okta: 'right' });
    await verify('okta', 'right');
    const guesses = await Promise.all(Array.from({ length: 100 }, () => verify('okta', 'wrong')));
    expect(guesses).to.deep.equal(guesses.map(() => UNKNOWN));
  });

  it('are not verified for an address that has failed too often', async () => {
    await open({ okta: 'right' });
    const suspended = { ...attemptFrom(), mayGuess: () => false };
    for (const name of ['okta', 'nobody'])
      expect(await verify(name, 'right', suspended)).to.deep.equal({ accepted: false, why: 'suspended' });
  });
});
