import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { authorityInUse, certificateInUse } from '../../../connector/operations/certificate/certificate-in-use.ts';
import { readCertificate } from '../../../connector/operations/certificate/read-certificate.ts';
import { hasTrustedAuthority, renewCertificate } from '../../../connector/operations/certificate/renew-certificate.ts';
import { CertificateError } from '../../../connector/tls/certificate-error.ts';
import { CustomerAuthority } from '../../support/customer-authority.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { rejection } from '../../support/rejection.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configuration } from '../configuration.ts';

describe('the certificate', () => {
  const folder = temporaryFolder();
  const configured = async (...lines: readonly string[]) => (await configuration(folder.path, ...lines)).config;
  const customers = () => {
    const authority = new CustomerAuthority(folder.path);
    const { cert, key } = authority.leaf();
    writeFileSync(join(folder.path, 'server.crt'), cert + authority.intermediate);
    writeFileSync(join(folder.path, 'server.key'), key, { mode: 0o600 });
    return configured('[tls]', 'source = "files"', 'cert_file = "server.crt"', 'key_file = "server.key"');
  };

  it('is not made by being looked at', async () => {
    const config = await configured();
    for (const look of [() => certificateInUse(config, recordingLog()), () => authorityInUse(config)]) {
      const error = await rejection(look());
      expect(error).to.be.an.instanceOf(CertificateError);
      expect(error.message).to.match(/^there is no certificate yet: /);
    }
    expect(hasTrustedAuthority(config)).to.equal(false);
  });

  it('of ours comes with the authority that agents trust, which a renewal keeps', async () => {
    const config = await configured();
    const log = recordingLog();
    await readCertificate(config, log);
    expect(log.notes.join()).to.match(/^made a certificate authority for /);
    const before = await certificateInUse(config, log);
    const after = await renewCertificate(config, { authority: false }, log);
    expect(before).to.include({ source: 'auto' });
    expect(after.authority).to.deep.equal(before.authority);
    expect(after.certificate.fingerprint256).not.to.equal(before.certificate.fingerprint256);
    expect(await authorityInUse(config)).to.deep.equal(before.authority);
    expect(hasTrustedAuthority(config)).to.equal(true);
  });

  it('gets a new authority when that is asked for', async () => {
    const config = await configured();
    const before = await renewCertificate(config, { authority: false }, recordingLog());
    const after = await renewCertificate(config, { authority: true }, recordingLog());
    expect(after.authority?.fingerprint256).not.to.equal(before.authority?.fingerprint256);
  });

  it('of the customer is read from its files, with what is to be said of it', async () => {
    const log = recordingLog();
    const inUse = await certificateInUse(await customers(), log);
    expect(inUse).to.have.all.keys('source', 'certificate').and.include({ source: 'files' });
    expect(inUse.certificate.subject).to.equal('CN=idm01.corp.example');
    expect(log.warnings.join()).to.match(/server\.crt ends at an issuer that is not in it/);
  });

  it('of the customer is not renewed, and there is no authority of ours to export', async () => {
    const config = await customers();
    for (const [verb, work] of [
      ['renew', renewCertificate(config, { authority: true }, recordingLog())],
      ['export', authorityInUse(config)],
    ] as const)
      expect((await rejection(work)).message).to.equal(`tls.source is "files": there is no CA of ours to ${verb} with`);
    expect(() => hasTrustedAuthority(config)).to.throw(CertificateError);
  });
});
