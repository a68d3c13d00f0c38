import { expect } from 'chai';
import { neededCertificates } from '../../../../connector/backend/ldap/connection/certificates.ts';
import { certificateFindings } from '../../../../connector/backend/ldap/examination/certificate-findings.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { subjectOf } from '../../../support/directories/self-test.ts';
import { serviceOptions } from '../../../support/directories/service-directory.ts';

const DAY = 86_400_000;

describe('the certificates that a directory needs', () => {
  const server = directoryLab('openldap');

  const told = async (days: number): Promise<readonly string[]> => {
    const [leaf] = await subjectOf(server.lab).certificates(server.lab.url);
    const now = (leaf?.notAfter.getTime() ?? 0) - days * DAY;
    const findings = await certificateFindings(subjectOf(server.lab), server.lab.url, now);
    return findings.map(({ status, text }) => `${status} ${text}`);
  };

  it('are the server’s own and the authority above it, and are not spoken of while they last', async () => {
    const needed = await subjectOf(server.lab).certificates(server.lab.url);
    expect(needed.map(({ what, subject }) => `${what}: ${subject}`)).to.deep.equal([
      "the server's certificate: CN=localhost",
      "the certificate above the server's: CN=Directory test CA",
    ]);
    expect(await told(30)).to.deep.equal([]);
  });

  it('are warned of from thirty days before their end, with the date', async () => {
    const [leaf, ...more] = await told(29);
    expect(leaf).to.match(
      /^warning ldaps:\/\/localhost:\d+: the server's certificate \(CN=localhost\) expires on \d{4}-\d\d-\d\d; renew it/,
    );
    expect(more).to.have.lengthOf(1);
    expect((await told(0)).join('\n')).to.match(/^failed .*\(CN=localhost\) expired on/);
  });

  it('include the one that the service account binds with', async () => {
    const { lab } = server;
    const bind = { kind: 'external', ...lab.client } as const;
    const needed = await neededCertificates({ ...serviceOptions(lab), bind }, lab.url);
    expect(needed.at(-1)).to.include({ what: 'ldap.client_cert_file', subject: 'CN=scim-client' });
  });

  it('are none in clear text, and the same after StartTLS', async () => {
    const { lab } = server;
    const clear = lab.clearUrl.replace('127.0.0.1', 'localhost');
    expect(await neededCertificates(serviceOptions(lab), clear)).to.deep.equal([]);
    const started = await neededCertificates({ ...serviceOptions(lab), startTls: true }, clear);
    expect(started.map(({ subject }) => subject)).to.include('CN=localhost');
  });
});
