import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { expect } from 'chai';
import { addCredential } from '../../connector/auth/credentials/add-credential.ts';
import { CredentialStore } from '../../connector/auth/credentials/credential-store.ts';
import { methodKind } from '../../connector/auth/methods.ts';
import { Secret } from '../../connector/secrets/secret.ts';
import { recordingLog } from '../support/recording-log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { attemptFrom } from './attempts.ts';

const HASHING = ['hash', 'createHash', 'createHmac'] as const;

/** How often `work` hashes, which is what a right token costs. */
async function hashes(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const original = Object.fromEntries(HASHING.map((name) => [name, crypto[name]]));
  for (const name of HASHING) {
    const hash = crypto[name] as (...words: readonly unknown[]) => unknown;
    Object.assign(crypto, {
      [name]: (...words: readonly unknown[]) => {
        count += 1;
        return hash(...words);
      },
    });
  }
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    Object.assign(crypto, original);
    syncBuiltinESMExports();
  }
  return count;
}

describe('what a token costs', () => {
  const folder = temporaryFolder();
  const { create } = methodKind('header');

  it('hashes a right token once, whether it is configured or issued', async () => {
    const issued = await addCredential(folder.path, { name: 'okta' });
    await addCredential(folder.path, { name: 'another' });
    const store = new CredentialStore({ stateDir: folder.path, log: recordingLog() });
    const settings = { header: 'Authorization' };
    const configured = create({ ...settings, token: new Secret('the configured one') }, { app: 'app' });
    const stored = create(settings, { app: 'app', store });
    const asking = (token: string) => ({ authorization: `Bearer ${token}` });
    expect(await hashes(() => configured.judge(asking('the configured one'), attemptFrom()))).to.equal(1);
    expect(await hashes(() => stored.judge(asking(issued), attemptFrom()))).to.equal(1);
    store.close();
  });
});
