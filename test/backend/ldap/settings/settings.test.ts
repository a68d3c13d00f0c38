import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDirectory } from '../../../../connector/backend/ldap/connection/directory.ts';
import type { LdapSettings } from '../../../../connector/backend/ldap/settings/own-table.ts';
import { directoryOptions } from '../../../../connector/backend/ldap/settings/settings.ts';
import { Secret } from '../../../../connector/secrets/secret.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import type { DirectoryLab } from '../../../support/directories/lab.ts';

describe('settings of [apps.NAME.ldap]', () => {
  const server = directoryLab('openldap');
  const account = ({ flavour }: DirectoryLab): LdapSettings => ({
    bind_dn: flavour.service.dn,
    password: new Secret(flavour.service.password),
  });
  const file = (lab: DirectoryLab, name: string): string => join(lab.folder, 'tls', name);
  const fingerprint = (lab: DirectoryLab): string =>
    new X509Certificate(readFileSync(file(lab, 'server.crt'))).fingerprint256;

  const WAYS: readonly (readonly [what: string, settings: (lab: DirectoryLab) => LdapSettings])[] = [
    ['a CA', (lab) => ({ urls: [lab.url], ca_file: lab.authorityFile, ...account(lab) })],
    ['a fingerprint', (lab) => ({ urls: [lab.url], fingerprints: [fingerprint(lab)], ...account(lab) })],
    ['StartTLS', (lab) => ({ urls: [lab.clearUrl], start_tls: true, ca_file: lab.authorityFile, ...account(lab) })],
    [
      'a client certificate',
      (lab) => ({
        urls: [lab.url],
        ca_file: lab.authorityFile,
        client_cert_file: file(lab, 'client.crt'),
        client_key_file: file(lab, 'client.key'),
      }),
    ],
  ];
  for (const [what, settings] of WAYS)
    it(`connect with ${what}`, async () => {
      const directory = await openDirectory(directoryOptions(settings(server.lab)));
      try {
        const dse = await directory.rootDse(AbortSignal.timeout(10_000));
        expect(dse.get('namingcontexts')?.map(String)).to.include(server.lab.flavour.suffix);
      } finally {
        await directory.close();
      }
    });

  it('name the setting whose file cannot be read', async () => {
    const missing = { urls: [server.lab.url], ca_file: '/nowhere/ca.pem', ...account(server.lab) };
    const { message } = await refusal(
      Promise.resolve().then(() => directoryOptions(missing)),
      'unavailable',
    );
    expect(message).to.match(/^ldap\.ca_file: \/nowhere\/ca\.pem cannot be read \(ENOENT\)/);
  });

  it('carry every limit of time, in milliseconds, and end before the deadline of a request', () => {
    const { timeouts, pageSize } = directoryOptions(
      { connect_timeout: 1, read_timeout: 2, write_timeout: 3, page_timeout: 4, page_size: 5 },
      { total: 10 },
    );
    expect(timeouts).to.deep.equal({ connect: 1, read: 2, write: 3, page: 4, total: 9 });
    expect(pageSize).to.equal(5);
    expect(directoryOptions({ page_timeout: 60 }, { total: 10 }).timeouts).to.deep.equal({ page: 9, total: 9 });
    expect(directoryOptions({}).timeouts).to.deep.equal({});
  });
});
