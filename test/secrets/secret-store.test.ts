import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CredentialError } from '../../connector/secrets/credential-error.ts';
import { SecretStore } from '../../connector/secrets/secret-store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('secret store', () => {
  const folder = temporaryFolder();
  const file = (name: string): string => join(folder.path, name);
  const open = (env: NodeJS.ProcessEnv = {}): SecretStore => new SecretStore(folder.path, env);

  it('gives back what was set, also to another process later', async () => {
    await open().set('ldap-bind', 'pä:ss\n"wörd"');
    await open().set('other', 'x');
    await open().set('other', 'y');
    expect([open().get('ldap-bind'), open().get('other')]).to.deep.equal(['pä:ss\n"wörd"', 'y']);
    expect(
      open()
        .list()
        .map(({ name }) => name),
    ).to.deep.equal(['ldap-bind', 'other']);
  });

  it('knows no secret that was not set', () => {
    expect([open().get('none'), open().get('constructor'), open().get('__proto__')]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
    expect(open().list()).to.deep.equal([]);
  });

  it('writes no value in clear, and for the owner alone', async () => {
    await open().set('ldap-bind', 'hunter2-hunter2');
    expect(readFileSync(file('secrets.json'), 'utf8')).to.not.contain('hunter2');
    expect([statSync(file('secrets.json')).mode & 0o777, statSync(file('secret.key')).mode & 0o777]).to.deep.equal([
      0o600, 0o600,
    ]);
  });

  it('seals equal values differently', async () => {
    await open().set('a', 'same');
    await open().set('b', 'same');
    const { secrets } = JSON.parse(readFileSync(file('secrets.json'), 'utf8'));
    expect(secrets.a.value).to.not.equal(secrets.b.value);
  });

  it('notices a value that was changed, or moved to another name', async () => {
    await open().set('a', 'one');
    await open().set('b', 'two');
    const content = JSON.parse(readFileSync(file('secrets.json'), 'utf8'));
    [content.secrets.a, content.secrets.b] = [content.secrets.b, content.secrets.a];
    writeFileSync(file('secrets.json'), JSON.stringify(content));
    expect(() => open().get('a')).to.throw(CredentialError, 'secret set a');
  });

  it('says what is missing when the key is lost or is another one', async () => {
    await open().set('a', 'one');
    writeFileSync(file('secret.key'), Buffer.alloc(32, 7).toString('base64url'));
    expect(() => open().get('a')).to.throw(CredentialError, '"a" does not open with this key');
    rmSync(file('secret.key'));
    expect(() => open().get('a')).to.throw(CredentialError, 'secret.key is missing');
    writeFileSync(file('secret.key'), 'short');
    expect(() => open().get('a')).to.throw(CredentialError, '32 random bytes');
  });

  it("prefers the key in systemd's folder of credentials", async () => {
    mkdirSync(file('given'));
    writeFileSync(join(file('given'), 'secret.key'), `${Buffer.alloc(32, 9).toString('base64')}\n`);
    const env = { CREDENTIALS_DIRECTORY: file('given') };
    await open(env).set('a', 'one');
    expect(open(env).get('a')).to.equal('one');
    expect(() => open().get('a')).to.throw(CredentialError, 'secret.key is missing');
  });

  it('takes a key that it is given, and makes none beside it', async () => {
    const given = new SecretStore(folder.path, {}, `${Buffer.alloc(32, 9).toString('base64')}\n`);
    await given.set('a', 'one');
    expect(given.get('a')).to.equal('one');
    expect(() => open().get('a')).to.throw(CredentialError, 'secret.key is missing');
    expect(() => new SecretStore(folder.path, {}, 'short').get('a')).to.throw(CredentialError, 'that systemd keeps');
  });

  it('refuses names and values that cannot be meant', async () => {
    for (const [name, value] of [
      ['a b', 'x'],
      ['', 'x'],
      ['a', ''],
    ] as const) {
      const failure = await open()
        .set(name, value)
        .catch((error: Error) => error);
      expect(failure).to.be.instanceOf(CredentialError);
    }
  });

  it('loses nothing when many are set at once', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `s${index}`);
    await Promise.all(names.map((name) => open().set(name, name)));
    expect(names.map((name) => open().get(name))).to.deep.equal(names);
  });
});
