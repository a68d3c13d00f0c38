import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { addCredential } from '../../../connector/auth/credentials/add-credential.ts';
import { CredentialStore, type StoreOptions } from '../../../connector/auth/credentials/credential-store.ts';
import { listCredentials } from '../../../connector/auth/credentials/list-credentials.ts';
import { revokeCredential } from '../../../connector/auth/credentials/revoke-credential.ts';
import { CredentialError } from '../../../connector/secrets/credential-error.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { attemptFrom } from '../attempts.ts';

const UNKNOWN = { accepted: false, why: 'unknown' };
const inADay = (): Date => new Date(Date.now() + 86_400_000);

describe('credentials', () => {
  const folder = temporaryFolder();
  const stores: CredentialStore[] = [];
  const file = (name: string): string => join(folder.path, name);

  const open = (options: Partial<StoreOptions> = {}): CredentialStore => {
    const store = new CredentialStore({ stateDir: folder.path, log: recordingLog(), lookEvery: 0, ...options });
    stores.push(store);
    return store;
  };
  const failureOf = async (work: Promise<unknown>): Promise<string> => {
    const failure = await work.catch((error: Error) => error);
    expect(failure).to.be.instanceOf(CredentialError);
    return (failure as Error).message;
  };

  afterEach(() => {
    for (const store of stores.splice(0)) store.close();
  });

  it('are accepted until they are revoked, without a restart', async () => {
    const store = open();
    expect(store.has('token', 'default')).to.equal(false);
    const token = await addCredential(folder.path, { name: 'okta' });
    expect(token).to.match(/^scim_[\w-]{43}$/);
    expect(store.has('token', 'default')).to.equal(true);
    expect(store.verifyToken(token, 'default')).to.deep.equal({ accepted: true, name: 'okta' });
    expect(store.verifyToken(`${token}x`, 'default')).to.deep.equal(UNKNOWN);
    await revokeCredential(folder.path, 'okta');
    expect(store.verifyToken(token, 'default')).to.deep.equal(UNKNOWN);
  });

  it('overlap, so that one can be replaced while it is in use', async () => {
    const store = open();
    const [old, next] = [
      await addCredential(folder.path, { name: 'old' }),
      await addCredential(folder.path, { name: 'next' }),
    ];
    expect([old, next].map((token) => store.verifyToken(token, 'default').accepted)).to.deep.equal([true, true]);
  });

  it('are nowhere on disk', async () => {
    const token = await addCredential(folder.path, { name: 'okta' });
    const password = await addCredential(folder.path, { name: 'basic', basic: 'okta' });
    const written = readdirSync(folder.path)
      .map((name) => readFileSync(file(name), 'utf8'))
      .join();
    for (const secret of [token, token.slice(5), password]) expect(written).to.not.contain(secret);
    expect(statSync(file('credentials.json')).mode & 0o777).to.equal(0o600);
  });

  it('end when they expire [R-7.4-01]', async () => {
    let now = Date.now();
    const store = open({ now: () => now });
    const token = await addCredential(folder.path, { name: 'short', expires: inADay() });
    expect(store.verifyToken(token, 'default').accepted).to.equal(true);
    now += 2 * 86_400_000;
    expect(store.verifyToken(token, 'default')).to.deep.equal({ accepted: false, why: 'expired' });
  });

  it('are for one app when made so [R-6-01]', async () => {
    const store = open();
    const token = await addCredential(folder.path, { name: 'hr', app: 'hr' });
    expect(store.verifyToken(token, 'hr').accepted).to.equal(true);
    expect(store.verifyToken(token, 'default')).to.deep.equal({ accepted: false, why: 'otherApp' });
    expect([store.has('token', 'hr'), store.has('token', 'default')]).to.deep.equal([true, false]);
  });

  it('have unique names that are safe in a log', async () => {
    await addCredential(folder.path, { name: 'okta' });
    expect(await failureOf(addCredential(folder.path, { name: 'okta' }))).to.contain('"okta" exists');
    for (const name of ['', 'a b', '-x', 'a\nb', 'x'.repeat(65)])
      expect(await failureOf(addCredential(folder.path, { name }))).to.contain('1 to 64 letters');
    expect(await failureOf(addCredential(folder.path, { name: 'b', basic: 'a:b' }))).to.contain('colon');
    expect(await failureOf(revokeCredential(folder.path, 'none'))).to.contain('"none"');
  });

  it('lose nothing when many are made at once', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `token-${index}`);
    await Promise.all(names.map((name) => addCredential(folder.path, { name })));
    expect(listCredentials(folder.path).map(({ name }) => name)).to.have.members(names);
  });

  it('show their last use, flushed at the end, and not that of a namesake', async () => {
    const at = Date.now() + 5000;
    const store = open({ now: () => at });
    const token = await addCredential(folder.path, { name: 'okta' });
    store.verifyToken(token, 'default');
    expect(listCredentials(folder.path)[0]).to.not.have.property('lastUsed');
    store.close();
    expect(listCredentials(folder.path)[0]).to.include({ lastUsed: new Date(at).toISOString(), kind: 'token' });
    // Used before it was made: that was the earlier credential of this name.
    const path = file('credentials.json');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(/"created": "[^"]+"/, `"created": "${inADay().toISOString()}"`),
    );
    expect(listCredentials(folder.path)[0]).to.not.have.property('lastUsed');
  });

  it('keep the later use of two servers on one folder', async () => {
    const token = await addCredential(folder.path, { name: 'okta' });
    const [early, late] = [open({ now: () => Date.now() + 1000 }), open({ now: () => Date.now() + 9_000_000 })];
    for (const store of [early, late]) store.verifyToken(token, 'default');
    late.close();
    const before = listCredentials(folder.path)[0]?.lastUsed;
    early.close();
    expect(before).to.be.a('string');
    expect(listCredentials(folder.path)[0]?.lastUsed).to.equal(before);
  });

  it('stay in use when the file becomes unreadable, and the log says so once', async () => {
    const log = recordingLog();
    const store = open({ log });
    const token = await addCredential(folder.path, { name: 'okta' });
    expect(store.verifyToken(token, 'default').accepted).to.equal(true);
    writeFileSync(file('credentials.json'), '{"version":1,"credentials":[{"name":"x"}]}');
    expect(store.verifyToken(token, 'default').accepted).to.equal(true);
    expect(store.verifyToken(token, 'default').accepted).to.equal(true);
    expect(log.errors).to.have.lengthOf(1);
    expect(log.errors[0]).to.match(/keeping the credentials in use.*: .*credentials\.json/);
    expect(() => open()).to.throw(CredentialError, 'credentials.json');
  });

  it('never take an expiry that cannot be read for none', async () => {
    await addCredential(folder.path, { name: 'okta', expires: inADay() });
    const path = file('credentials.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"expires": "[^"]+"/, '"expires": "soon"'));
    expect(() => open()).to.throw(CredentialError);
  });

  describe('with a user name', () => {
    it('are accepted with their own password only', async () => {
      const store = open();
      const password = await addCredential(folder.path, { name: 'basic', basic: 'okta' });
      const other = await addCredential(folder.path, { name: 'other', basic: 'other' });
      expect(await store.verifyBasic('okta', password, 'default', attemptFrom())).to.deep.equal({
        accepted: true,
        name: 'basic',
      });
      expect(await store.verifyBasic('okta', password, 'default', attemptFrom())).to.deep.equal({
        accepted: true,
        name: 'basic',
      });
      for (const [name, text] of [
        ['okta', other],
        ['nobody', password],
        ['Okta', password],
        ['okta', ''],
      ] as const)
        expect(await store.verifyBasic(name, text, 'default', attemptFrom())).to.deep.equal(UNKNOWN);
      expect(store.verifyToken(password, 'default')).to.deep.equal(UNKNOWN);
    });

    it('overlap under one user name', async () => {
      const store = open();
      const old = await addCredential(folder.path, { name: 'old', basic: 'okta' });
      const next = await addCredential(folder.path, { name: 'next', basic: 'okta' });
      for (const password of [next, old, next, old])
        expect((await store.verifyBasic('okta', password, 'default', attemptFrom())).accepted).to.equal(true);
      await revokeCredential(folder.path, 'old');
      expect(await store.verifyBasic('okta', old, 'default', attemptFrom())).to.deep.equal(UNKNOWN);
      expect((await store.verifyBasic('okta', next, 'default', attemptFrom())).accepted).to.equal(true);
    });
  });
});
