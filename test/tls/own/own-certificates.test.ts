import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { CertificateError } from '../../../connector/tls/certificate-error.ts';
import { type CertificateOptions, openCertificates } from '../../../connector/tls/certificates.ts';
import type { Certificates } from '../../../connector/tls/live-certificates.ts';
import { describeAuthority } from '../../../connector/tls/own/describe-authority.ts';
import { renewServerCertificate } from '../../../connector/tls/own/server-certificate.ts';
import { serveTls, shake } from '../../support/handshake.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const DAY = 86_400_000;

describe('own certificates', () => {
  const folder = temporaryFolder();
  const opened: Certificates[] = [];
  const file = (name: string): string => join(folder.path, 'tls', name);

  const open = async (options: Partial<CertificateOptions> = {}): Promise<Certificates> => {
    const certificates = await openCertificates({
      source: 'auto',
      stateDir: folder.path,
      log: recordingLog(),
      ...options,
    });
    opened.push(certificates);
    return certificates;
  };

  afterEach(() => {
    for (const certificates of opened.splice(0)) certificates.close();
  });

  it('serves, to a client that trusts the CA alone, under every name of this host', async () => {
    const certificates = await open({ names: ['idm01.corp.example'] });
    const { port, close } = await serveTls(certificates.current());
    const ca = readFileSync(certificates.describe().caFile ?? '', 'utf8');
    for (const servername of ['idm01.corp.example', 'localhost', hostname().toLowerCase()]) {
      expect(await shake(port, { ca, servername })).to.include({ protocol: 'TLSv1.3' });
    }
    expect((await shake(port, { ca })).fingerprint).to.equal(certificates.describe().fingerprint256);
    await close();
  });

  it('speaks TLS 1.2 with forward secrecy and nothing older [R-7.2-01 R-7.2-02]', async () => {
    const certificates = await open();
    const { port, close } = await serveTls(certificates.current());
    const ca = readFileSync(file('ca.crt'), 'utf8');
    expect(certificates.current()).to.include({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' });
    const { cipher } = await shake(port, { ca, maxVersion: 'TLSv1.2' });
    expect(cipher).to.match(/^ECDHE-ECDSA-.*GCM/);
    const old = await shake(port, { ca, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' }).catch(
      (error: Error) => error,
    );
    expect(old).to.be.instanceOf(Error);
    const weak = await shake(port, { ca, maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' }).catch((error: Error) => error);
    expect(weak).to.be.instanceOf(Error);
    await close();
  });

  it('keeps keys from other accounts', async () => {
    await open();
    const mode = (path: string): number => statSync(path).mode & 0o777;
    expect(mode(join(folder.path, 'tls'))).to.equal(0o700);
    expect([mode(file('issuer.pem')), mode(file('server.pem'))]).to.deep.equal([0o600, 0o600]);
  });

  it('is the same after a restart', async () => {
    const first = await open();
    const second = await open();
    expect(second.describe()).to.deep.equal(first.describe());
  });

  it('is one and the same when two start at once', async () => {
    const [first, second] = await Promise.all([open(), open()]);
    expect(second?.describe().fingerprint256).to.equal(first?.describe().fingerprint256);
    expect(first?.current()).to.deep.equal(second?.current());
  });

  it('is one and the same when two processes start at once', async () => {
    const certificates = new URL('../../../connector/tls/certificates.ts', import.meta.url).href;
    const program = `
      const { openCertificates } = await import(${JSON.stringify(certificates)});
      const log = { info() {}, warn() {} };
      const opened = await openCertificates({ source: 'auto', stateDir: ${JSON.stringify(folder.path)}, log });
      process.stdout.write(opened.describe().fingerprint256);`;
    const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    const [first, second] = await Promise.all([start(), start()]);
    expect(second.stdout)
      .to.equal(first.stdout)
      .and.match(/^[0-9A-F:]{95}$/);
  });

  it('is renewed when a third of its life is left, while the server runs', async () => {
    let now = Date.now();
    const certificates = await open({ now: () => now });
    const { port, server, close } = await serveTls(certificates.current());
    certificates.onChange((context) => server.setSecureContext(context));
    const ca = readFileSync(file('ca.crt'), 'utf8');
    const before = await shake(port, { ca });

    now += 19 * DAY;
    await certificates.reload();
    expect((await shake(port, { ca })).fingerprint).to.equal(before.fingerprint);

    now += 2 * DAY;
    await certificates.reload();
    const description = certificates.describe();
    expect(description.fingerprint256).to.not.equal(before.fingerprint);
    expect(description.notAfter.getTime()).to.be.greaterThan(now + 29 * DAY);
    expect((await shake(port, { ca, rejectUnauthorized: false })).fingerprint).to.equal(description.fingerprint256);
    await close();
  });

  it('is renewed at the start when it is due', async () => {
    const first = await open();
    const second = await open({ now: () => Date.now() + 25 * DAY });
    expect(second.describe().fingerprint256).to.not.equal(first.describe().fingerprint256);
    expect(second.describe().issuer).to.equal(first.describe().issuer);
  });

  it('takes up what the command line has renewed', async () => {
    const certificates = await open();
    await renewServerCertificate({ stateDir: folder.path, authority: false }, recordingLog(), Date.now());
    const changed: unknown[] = [];
    certificates.onChange((context) => changed.push(context));
    await certificates.reload();
    expect(changed).to.deep.equal([certificates.current()]);
    await certificates.reload();
    expect(changed).to.have.lengthOf(1);
  });

  it('never outlives its CA, and says when that ends soon', async () => {
    await open();
    const log = recordingLog();
    const end = (await describeAuthority(folder.path))?.notAfter.getTime() ?? 0;
    const late = await open({ log, now: () => end - 10 * DAY });
    expect(late.describe().notAfter.getTime()).to.equal(end);
    expect(log.warnings.join()).to.match(/ca\.crt ends on .*cert renew --ca/);
    const dead = await open({ now: () => end + DAY }).catch((error: Error) => error);
    expect(dead)
      .to.be.instanceOf(CertificateError)
      .with.property('message')
      .that.matches(/has expired.*renew --ca/);
  });

  it('serves on and warns once when a configured name is outside the CA', async () => {
    await open();
    const log = recordingLog();
    const certificates = await open({ names: ['new.corp.example'], log });
    await certificates.reload();
    expect(certificates.describe().names).to.include('localhost').and.not.include('new.corp.example');
    expect(log.warnings).to.have.lengthOf(1);
    expect(log.warnings[0]).to.match(/"new\.corp\.example".*cert renew --ca.*import/);

    const own = { stateDir: folder.path, names: ['new.corp.example'] };
    await renewServerCertificate({ ...own, authority: true }, recordingLog(), Date.now());
    await certificates.reload();
    expect(certificates.describe().names).to.include('new.corp.example');
    expect(readFileSync(file('ca.crt'), 'utf8')).to.equal((await describeAuthority(folder.path))?.pem);
  });

  it('covers a new name below a permitted one without a new CA', async () => {
    await open({ names: ['corp.example'] });
    const ca = readFileSync(file('ca.crt'), 'utf8');
    const certificates = await open({ names: ['idm01.corp.example'] });
    expect(certificates.describe().names).to.include.members(['corp.example', 'idm01.corp.example']);
    expect(readFileSync(file('ca.crt'), 'utf8')).to.equal(ca);
  });

  it('replaces a damaged server certificate, but never a damaged CA', async () => {
    await open();
    writeFileSync(file('server.pem'), 'garbage');
    expect((await open()).describe().subject).to.be.a('string');
    writeFileSync(file('issuer.pem'), 'garbage');
    const failure = await open().catch((error: Error) => error);
    expect(failure).to.be.instanceOf(CertificateError).with.property('message').that.contains(file('issuer.pem'));
  });

  it('keeps serving when a renewal fails', async () => {
    const log = recordingLog();
    const certificates = await open({ log });
    const before = certificates.current();
    writeFileSync(file('issuer.pem'), 'garbage');
    await certificates.reload();
    await certificates.reload();
    expect(certificates.current()).to.equal(before);
    expect(log.warnings).to.have.lengthOf(1);
    expect(log.warnings[0]).to.match(/^keeping the certificate in use: .*issuer\.pem/);
  });

  for (const gone of ['issuer.pem', ''])
    it(`keeps the CA that agents trust when tls/${gone} is removed under it`, async () => {
      const log = recordingLog();
      let now = Date.now();
      const certificates = await open({ log, now: () => now });
      const before = certificates.current();
      rmSync(file(gone), { recursive: true });
      await certificates.reload();
      now += 25 * DAY;
      await certificates.reload();
      expect(certificates.current()).to.equal(before);
      expect(existsSync(file('issuer.pem'))).to.equal(false);
      expect(log.warnings).to.have.lengthOf(1);
      expect(log.warnings[0]).to.match(
        /^keeping the certificate in use: .*issuer\.pem is gone: restore it from a backup/,
      );
      expect(log.notes.filter((text) => /made a certificate authority/.test(text))).to.have.lengthOf(1);
    });

  it('takes up a CA that was made on purpose', async () => {
    const certificates = await open();
    const before = certificates.current();
    rmSync(file(''), { recursive: true });
    await certificates.reload();
    await renewServerCertificate({ stateDir: folder.path, authority: true }, recordingLog(), Date.now());
    await certificates.reload();
    expect(certificates.current()).not.to.equal(before);
  });

  it('is made again when another CA was put back', async () => {
    const first = await open();
    const earlier = readFileSync(file('issuer.pem'), 'utf8');
    await renewServerCertificate({ stateDir: folder.path, authority: true }, recordingLog(), Date.now());
    writeFileSync(file('issuer.pem'), earlier);
    const second = await open();
    const { port, close } = await serveTls(second.current());
    const ca = readFileSync(file('ca.crt'), 'utf8');
    expect((await shake(port, { ca })).fingerprint).to.not.equal(first.describe().fingerprint256);
    await close();
  });

  it('brings the CA file back for export when it was removed', async () => {
    await open();
    const before = readFileSync(file('ca.crt'), 'utf8');
    rmSync(file('ca.crt'));
    await open();
    expect(readFileSync(file('ca.crt'), 'utf8')).to.equal(before);
  });

  it('refuses a name that no certificate can hold', async () => {
    const failure = await open({ names: ['not a name'] }).catch((error: Error) => error);
    expect(failure).to.be.instanceOf(CertificateError).with.property('message').that.contains('"not a name"');
  });
});
