import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { CertificateError } from '../../../connector/tls/certificate-error.ts';
import { type CertificateOptions, openCertificates } from '../../../connector/tls/certificates.ts';
import type { Certificates } from '../../../connector/tls/live-certificates.ts';
import { CustomerAuthority } from '../../support/customer-authority.ts';
import { serveTls, shake } from '../../support/handshake.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const DAY = 86_400_000;

describe("the customer's certificates", () => {
  const folder = temporaryFolder();
  const authorityFolder = mkdtempSync(join(tmpdir(), 'scim-connector-pki-'));
  let authority: CustomerAuthority;

  before(() => {
    authority = new CustomerAuthority(authorityFolder);
  });
  after(() => rmSync(authorityFolder, { recursive: true, force: true }));

  const at = (name: string): string => join(folder.path, name);
  const write = (name: string, text: string): string => {
    writeFileSync(at(name), text, { mode: 0o600 });
    return at(name);
  };

  const failureOf = async (opening: Promise<Certificates>): Promise<string> => {
    const failure = await opening.then(
      () => undefined,
      (error: Error) => error,
    );
    expect(failure).to.be.instanceOf(CertificateError);
    expect(failure?.message).to.not.contain('\n');
    return failure?.message ?? '';
  };

  describe('in PEM files', () => {
    const open = (cert: string, key: string, options: Partial<CertificateOptions> = {}): Promise<Certificates> =>
      openCertificates({
        source: 'files',
        stateDir: folder.path,
        certFile: write('server.pem', cert),
        keyFile: write('server.key', key),
        log: recordingLog(),
        ...options,
      });

    it('are served with their whole chain', async () => {
      const { cert, key } = authority.leaf();
      const log = recordingLog();
      const certificates = await open(cert + authority.intermediate, key, { log, names: ['idm01.corp.example'] });
      const { port, close } = await serveTls(certificates.current());
      const { fingerprint } = await shake(port, { ca: authority.root, servername: 'idm01.corp.example' });
      await close();
      expect(certificates.describe()).to.include({
        fingerprint256: fingerprint,
        subject: 'CN=idm01.corp.example',
        issuer: 'CN=Corp Issuing',
      });
      expect(certificates.describe().names).to.deep.equal(['idm01.corp.example', 'localhost']);
      expect(log.warnings.join()).to.match(/^\S+server\.pem ends at an issuer that is not in it, CN=Corp Root/);
      log.warnings.length = 0;
      await open(cert + authority.intermediate + authority.root, key, { log });
      expect(log.warnings).to.deep.equal([]);
    });

    it('are refused with a key of another certificate', async () => {
      const failure = await failureOf(open(authority.leaf().cert, authority.leaf().key));
      expect(failure).to.match(/server\.key does not belong to the certificate in .*server\.pem/);
    });

    it('are refused in the wrong order', async () => {
      const { cert, key } = authority.leaf();
      expect(await failureOf(open(authority.intermediate + cert, key))).to.match(/number 2 in the file: put it first/);
      expect(await failureOf(open(cert + authority.root, key))).to.match(/certificate 2 did not issue the one before/);
    });

    it('are refused when expired, or not valid yet', async () => {
      const { cert, key } = authority.leaf({ days: 10 });
      expect(await failureOf(open(cert, key, { now: () => Date.now() + 11 * DAY }))).to.match(/server\.pem expired on/);
      expect(await failureOf(open(cert, key, { now: () => Date.now() - DAY }))).to.match(/not valid before .*clock/);
    });

    it('are refused when made for clients', async () => {
      const { cert, key } = authority.leaf({ usage: 'clientAuth' });
      expect(await failureOf(open(cert, key))).to.match(/not for servers.*serverAuth/);
    });

    it('are refused with a key that OpenSSL finds too short', async () => {
      execFileSync(
        'openssl',
        [
          ...['req', '-x509', '-newkey', 'rsa:1024', '-nodes', '-subj', '/CN=short', '-days', '90'],
          ...['-keyout', at('short.key'), '-out', at('short.pem')],
        ],
        { stdio: 'pipe' },
      );
      const options = { certFile: at('short.pem'), keyFile: at('short.key') };
      expect(await failureOf(open('', '', options))).to.match(/short\.pem has a key that is too short/);
    });

    it('name the file that is missing, empty or no PEM', async () => {
      const { cert, key } = authority.leaf();
      expect(await failureOf(open(cert, key, { certFile: at('none.pem') }))).to.match(/none\.pem does not exist/);
      expect(await failureOf(open('nothing', key))).to.match(/server\.pem holds no certificate/);
      expect(await failureOf(open(cert, 'nothing'))).to.match(/server\.key holds no private key/);
      expect(await failureOf(open(cert, key, { keyFile: undefined }))).to.match(/needs a key file/);
    });

    it('open an encrypted key with its passphrase', async () => {
      const { cert, key } = authority.leaf();
      const encrypted = execFileSync(
        'openssl',
        ['pkcs8', '-topk8', '-passout', 'pass:s3cret', '-in', write('k', key)],
        {
          encoding: 'utf8',
        },
      );
      const certificates = await open(cert, encrypted, { passphrase: () => 's3cret' });
      const { port, close } = await serveTls(certificates.current());
      expect(await shake(port, { rejectUnauthorized: false })).to.have.property('fingerprint');
      await close();
      expect(await failureOf(open(cert, encrypted))).to.match(/server\.key is encrypted/);
      expect(await failureOf(open(cert, encrypted, { passphrase: () => 'wrong' }))).to.match(/cannot be opened with/);
    });

    it('warn of what an agent will refuse', async () => {
      const log = recordingLog();
      const { cert, key } = authority.leaf({ days: 20 });
      await open(cert, key, { log, names: ['other.corp.example'], listenHost: '192.0.2.1' });
      const said = log.warnings.join('\n');
      expect(said).to.match(/expires on/);
      expect(said).to.match(/CN=Corp Issuing: append the intermediate/);
      expect(said).to.match(/does not cover "other\.corp\.example"/);
      expect(said).to.match(/does not cover "192\.0\.2\.1"/);

      const short = new CustomerAuthority(folder.path, 20);
      const lasting = short.leaf({ days: 90 });
      log.warnings.length = 0;
      await open(lasting.cert + short.intermediate + short.root, lasting.key, { log });
      expect(log.warnings.join('\n')).to.match(
        /the issuer CN=Corp Issuing expires on \d{4}-.*\n.*CN=Corp Root expires on/,
      );

      const nameless = authority.leaf({ names: '' });
      log.warnings.length = 0;
      await open(nameless.cert + authority.intermediate + authority.root, nameless.key, { log });
      expect(log.warnings.join()).to.match(/names no host/);
    });

    it('warn of a key that every account can read', async () => {
      const log = recordingLog();
      const { cert, key } = authority.leaf();
      await open(cert + authority.intermediate + authority.root, key);
      chmodSync(at('server.key'), 0o644);
      await openCertificates({
        source: 'files',
        stateDir: folder.path,
        certFile: at('server.pem'),
        keyFile: at('server.key'),
        log,
      });
      expect(log.warnings.join()).to.match(/server\.key can be read by every account.*chmod 600/);
    });

    it('are read again on demand, and the old ones kept when the new are bad', async () => {
      const log = recordingLog();
      const [old, next] = [authority.leaf(), authority.leaf()];
      const certificates = await open(old.cert, old.key, { log });
      const { port, server, close } = await serveTls(certificates.current());
      certificates.onChange((context) => server.setSecureContext(context));
      const before = await shake(port, { rejectUnauthorized: false });

      write('server.pem', next.cert);
      await certificates.reload();
      expect((await shake(port, { rejectUnauthorized: false })).fingerprint).to.equal(before.fingerprint);
      expect(log.warnings.join()).to.match(/keeping the certificate in use: .*server\.key does not belong/);

      write('server.key', next.key);
      await certificates.reload();
      const { fingerprint } = await shake(port, { rejectUnauthorized: false });
      expect(fingerprint).to.not.equal(before.fingerprint);
      expect(fingerprint).to.equal(certificates.describe().fingerprint256);
      expect(log.warnings).to.have.lengthOf(2);
      await close();
    });
  });

  describe('in a PFX file', () => {
    const pack = (name: string, ...words: string[]): string => {
      const { cert, key } = authority.leaf();
      write('in.crt', cert);
      write('in.key', key);
      write('in.chain', authority.intermediate + authority.root);
      const files = ['-in', at('in.crt'), '-inkey', at('in.key'), '-certfile', at('in.chain'), '-out', at(name)];
      execFileSync('openssl', ['pkcs12', '-export', ...files, '-passout', 'pass:pä:ss', ...words], { stdio: 'pipe' });
      return at(name);
    };
    const open = (pfxFile: string, passphrase: string, options: Partial<CertificateOptions> = {}) =>
      openCertificates({
        source: 'pfx',
        stateDir: folder.path,
        pfxFile,
        passphrase: () => passphrase,
        log: recordingLog(),
        ...options,
      });

    it('are served with their whole chain', async () => {
      const log = recordingLog();
      const certificates = await open(pack('server.pfx'), 'pä:ss', { log });
      expect(log.warnings).to.deep.equal([]);
      expect(certificates.describe()).to.include({ subject: 'CN=idm01.corp.example', issuer: 'CN=Corp Issuing' });
      const { port, close } = await serveTls(certificates.current());
      const { fingerprint } = await shake(port, { ca: authority.root, servername: 'idm01.corp.example' });
      expect(fingerprint).to.equal(certificates.describe().fingerprint256);
      await close();
    });

    it('are refused with a wrong passphrase, without showing it', async () => {
      const failure = await failureOf(open(pack('server.pfx'), 'hunter2'));
      expect(failure)
        .to.match(/server\.pfx cannot be opened with the configured passphrase/)
        .and.not.contain('hunter2');
    });

    it('are refused when they are something else', async () => {
      expect(await failureOf(open(write('server.pfx', 'garbage'), 'x'))).to.match(/server\.pfx is no complete PFX/);
      expect(await failureOf(open(pack('server.pfx', '-nokeys'), 'pä:ss'))).to.match(/server\.pfx/);
    });

    it('are refused when expired', async () => {
      const failure = await failureOf(open(pack('server.pfx'), 'pä:ss', { now: () => Date.now() + 91 * DAY }));
      expect(failure).to.match(/server\.pfx expired on/);
    });
  });
});
