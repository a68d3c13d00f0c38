import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyMinisign } from '../../../../bin/host/upgrade/minisign.ts';
import { verifyRelease } from '../../../../bin/host/upgrade/verify-release.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** minisign's own formats, by its documentation and not by the code under test. */
class Releaser {
  readonly #id = randomBytes(8);
  readonly #secret: KeyObject;
  readonly publicKey: string;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    this.#secret = privateKey;
    const key = Buffer.concat([Buffer.from('Ed'), this.#id, raw]).toString('base64');
    this.publicKey = `untrusted comment: minisign public key\n${key}\n`;
  }

  sign(message: Buffer, comment = 'scim-connector 1.1.0'): string {
    const signature = sign(null, createHash('blake2b512').update(message).digest(), this.#secret);
    const global = sign(null, Buffer.concat([signature, Buffer.from(comment)]), this.#secret);
    const line = Buffer.concat([Buffer.from('ED'), this.#id, signature]).toString('base64');
    return `untrusted comment: x\n${line}\ntrusted comment: ${comment}\n${global.toString('base64')}\n`;
  }
}

describe('a release to upgrade to', () => {
  const folder = temporaryFolder();
  const releaser = new Releaser();
  const content = Buffer.from('the new executable');
  const at = (name: string): string => join(folder.path, name);

  beforeEach(() => {
    const sums = `${createHash('sha256').update(content).digest('hex')}  connector.tar.gz\n`;
    writeFileSync(at('connector.tar.gz'), content);
    writeFileSync(at('SHA256SUMS'), sums);
    writeFileSync(at('SHA256SUMS.minisig'), releaser.sign(Buffer.from(sums)));
  });

  const verify = (publicKey: string | undefined = releaser.publicKey, unsigned = false): Buffer =>
    verifyRelease(at('connector.tar.gz'), { publicKey, unsigned });

  it('is taken when the signature and the checksum fit', () => {
    expect(verify().equals(content)).to.equal(true);
  });

  it('is refused when the file has been tampered with', () => {
    writeFileSync(at('connector.tar.gz'), 'something else');
    expect(() => verify()).to.throw(/SHA-256 differs from SHA256SUMS: nothing was changed/);
    expect(() => verify(undefined, true)).to.throw(/SHA-256 differs/);
  });

  it('is refused when the checksums have been changed with it', () => {
    const other = Buffer.from('something else');
    writeFileSync(at('connector.tar.gz'), other);
    writeFileSync(at('SHA256SUMS'), `${createHash('sha256').update(other).digest('hex')}  connector.tar.gz\n`);
    expect(() => verify()).to.throw(/the signature does not fit/);
  });

  it('is refused when another key has signed it', () => {
    expect(() => verify(new Releaser().publicKey)).to.throw(/another key/);
  });

  it('is refused when the trusted comment has been changed', () => {
    const file = at('SHA256SUMS.minisig');
    writeFileSync(file, readFileSync(file, 'utf8').replace('1.1.0', '9.9.9'));
    expect(() => verify()).to.throw(/trusted comment/);
  });

  it('is refused without a key, without a signature and without checksums', () => {
    expect(() => verifyRelease(at('connector.tar.gz'), { publicKey: undefined, unsigned: false })).to.throw(
      /--public-key/,
    );
    writeFileSync(at('other.tar.gz'), content);
    expect(() => verifyRelease(at('other.tar.gz'), { publicKey: undefined, unsigned: true })).to.throw(/no line for/);
    rmSync(at('SHA256SUMS'));
    expect(() => verify(undefined, true)).to.throw(/SHA256SUMS is missing/);
    rmSync(at('connector.tar.gz'));
    expect(() => verify(undefined, true)).to.throw(/there is no file .*connector\.tar\.gz/);
  });

  it('is taken unsigned only when that is asked for', () => {
    expect(verify(undefined, true).equals(content)).to.equal(true);
  });
});

describe('minisign', () => {
  // Made by minisign 0.10: minisign -G -W; minisign -S
  it('accepts what the real program has signed', () => {
    const key = 'RWTecj1PvYOxtIEwcAr0ROZmiz5vyv7mVniDFTB6yoZ104KKkhIWcaCQ';
    const signature = [
      'untrusted comment: signature from minisign secret key',
      'RUTecj1PvYOxtN5rjqoSxXDKTkBsQiA9TgDH65JHmzFxGD1NCy+yafNdu9GEUMbJbSby14yyhqwIN+ZRzakXWuaMc8ikM9y0Cw0=',
      'trusted comment: test',
      'SJy9XLaa5WvDpzzMw5g8kwGSloyZKN+gm3SIafIHPSMmDKyvLB9DSuxo462uQGj3ZX0IigqISiKWxEJuzJ1sAA==',
    ].join('\n');
    expect(() => verifyMinisign(Buffer.from('hello\n'), signature, key)).not.to.throw();
    expect(() => verifyMinisign(Buffer.from('hellO\n'), signature, key)).to.throw(/does not fit/);
  });
});
