import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readTruststore } from '../../connector/truststore/read-truststore.ts';
import type { Truststore } from '../../connector/truststore/truststore.ts';
import { DEBIAN_CACERTS, hasCacerts, hasKeytool, keytool, PROTECTIONS, trust } from '../support/keytool.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PASSWORD = 'changeit';
/** As long as keytool wants it, with what UTF-16 and UTF-8 write differently. */
const ODD = 'pa"ß w\\ord 9';

/** SHA-256 of every entry, as keytool tells them. */
const listed = (file: string, password = PASSWORD): readonly string[] =>
  [...keytool('-list', '-keystore', file, '-storepass', password).matchAll(/SHA-256\): ([0-9A-F:]+)/g)]
    .map(([, digits = '']) => digits)
    .toSorted();

const found = ({ entries }: Truststore): readonly string[] =>
  entries.map(({ certificate }) => certificate.fingerprint256).toSorted();

describe('a truststore that keytool made', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder.path, name);

  before(function () {
    if (!hasKeytool()) this.skip();
  });

  function certificate(name = 'ca', algorithm = 'rsa:2048'): string {
    const words = ['req', '-x509', '-newkey', algorithm, '-nodes', '-keyout', at('key.pem'), '-out', at(`${name}.pem`)];
    execFileSync('openssl', [...words, '-subj', `/CN=${name}`, '-days', '30'], { stdio: 'ignore' });
    return at(`${name}.pem`);
  }

  for (const [format, type, protection, isOpen] of [
    ['JKS', 'JKS', 'usual', true],
    ['PKCS #12', 'PKCS12', 'usual', false],
    ['PKCS #12 without a password', 'PKCS12', 'none', true],
    ['PKCS #12 with Triple DES', 'PKCS12', 'tripleDes', false],
  ] as const)
    it(`of the format ${format} tells alias and certificate`, () => {
      const file = certificate();
      trust(file, 'Our-CA', { file: at('store'), password: PASSWORD, type, protection: PROTECTIONS[protection] });
      const store = readTruststore(readFileSync(at('store')), PASSWORD);
      expect(store.format).to.equal(type);
      expect(store.isOpen).to.equal(isOpen);
      expect(store.entries.map(({ alias }) => alias)).to.deep.equal(['our-ca']);
      expect(found(store)).to.deep.equal([new X509Certificate(readFileSync(file)).fingerprint256]);
    });

  for (const [type, protection] of [
    ['JKS', 'usual'],
    ['PKCS12', 'usual'],
    ['PKCS12', 'macAlone'],
  ] as const)
    it(`${type}, protected as ${protection}, refuses a wrong password by name, and opens with an odd one`, () => {
      const file = at('store');
      // Only letters of ASCII: keytool refuses others for PKCS #12.
      const password = type === 'JKS' ? ODD : 'p4"ss w\\ord';
      trust(certificate(), 'ca', { file, password, type, protection: PROTECTIONS[protection] });
      for (const wrong of ['changeit', '', `${password} `])
        expect(() => readTruststore(readFileSync(file), wrong), wrong)
          .to.throw(/^cannot be opened with this password: name another with --password-file$/)
          .that.has.property('reason', 'password');
      expect(readTruststore(readFileSync(file), password).entries).to.have.length(1);
    });

  it('without a password JKS tells everything and an encrypted PKCS #12 nothing, as to Java itself', () => {
    const file = certificate();
    for (const type of ['JKS', 'PKCS12'] as const) trust(file, 'ca', { file: at(type), password: PASSWORD, type });
    expect(readTruststore(readFileSync(at('JKS')), undefined).entries).to.have.length(1);
    expect(readTruststore(readFileSync(at('PKCS12')), undefined).entries).to.have.length(0);
  });

  it('what another program put into PKCS #12 is passed over, because Java does not trust it', () => {
    const words = ['pkcs12', '-export', '-nokeys', '-in', certificate(), '-out', at('openssl.p12')];
    execFileSync('openssl', [...words, '-passout', `pass:${PASSWORD}`]);
    expect(listed(at('openssl.p12'))).to.have.length(0);
    expect(readTruststore(readFileSync(at('openssl.p12')), PASSWORD)).to.include({ passedOver: 1 });
    expect(readTruststore(readFileSync(at('openssl.p12')), PASSWORD).entries).to.have.length(0);
  });

  for (const type of ['JKS', 'PKCS12'] as const)
    it(`the certificate of a key in ${type} counts as trusted, as it does for Java`, () => {
      const words = ['-genkeypair', '-keyalg', 'EC', '-alias', 'key', '-dname', 'CN=key', '-keystore', at('store')];
      keytool(...words, '-storepass', PASSWORD, '-keypass', PASSWORD, '-storetype', type);
      expect(readTruststore(readFileSync(at('store')), PASSWORD).entries.map(({ alias }) => alias)).to.deep.equal([
        'key',
      ]);
    });

  it('the outdated RC2 is said to be, with the way out of it', () => {
    trust(certificate(), 'ca', { file: at('store'), password: PASSWORD, type: 'PKCS12', protection: PROTECTIONS.rc2 });
    expect(() => readTruststore(readFileSync(at('store')), PASSWORD)).to.throw(/outdated.*-deststoretype JKS/);
  });

  it('keys of every kind that authorities have are read', () => {
    const kinds = { ec: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'], ed: ['ed25519'], rsa: ['rsa:3072'] } as const;
    for (const [name, [algorithm, ...more]] of Object.entries(kinds)) {
      const words = ['req', '-x509', '-newkey', algorithm, ...more, '-nodes', '-keyout', at('k'), '-out', at(name)];
      execFileSync('openssl', [...words, '-subj', `/CN=${name}`], { stdio: 'ignore' });
      trust(at(name), name, { file: at('store'), password: PASSWORD, type: 'PKCS12' });
    }
    expect(found(readTruststore(readFileSync(at('store')), PASSWORD))).to.deep.equal(listed(at('store')));
  });

  describe('with every authority that Debian trusts', () => {
    before(function () {
      if (!hasCacerts()) this.skip();
    });

    it('is read whole in JKS, as keytool reads it', () => {
      const store = readTruststore(readFileSync(DEBIAN_CACERTS), PASSWORD);
      expect(store.entries.length).to.be.greaterThan(100);
      expect(store.passedOver).to.equal(0);
      expect(found(store)).to.deep.equal(listed(DEBIAN_CACERTS));
    });

    for (const protection of ['usual', 'none'] as const)
      it(`is read whole in PKCS #12, ${protection === 'none' ? 'without a password' : 'encrypted'}`, () => {
        const [from, to] = ['-srckeystore', '-destkeystore'].map((word, i) => [
          word,
          i === 0 ? DEBIAN_CACERTS : at('p12'),
        ]);
        const words = ['-importkeystore', '-noprompt', ...(from ?? []), ...(to ?? []), '-deststoretype', 'PKCS12'];
        keytool(...words, '-srcstorepass', PASSWORD, '-deststorepass', PASSWORD, ...PROTECTIONS[protection]);
        const before = process.cpuUsage().user;
        const store = readTruststore(readFileSync(at('p12')), PASSWORD);
        expect(process.cpuUsage().user - before, 'microseconds of CPU').to.be.lessThan(5_000_000);
        expect(found(store)).to.deep.equal(listed(DEBIAN_CACERTS));
      });
  });
});
