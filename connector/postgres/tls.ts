import type { ConnectionOptions } from 'node:tls';
import { readNamedFile } from '../text/read-named-file.ts';
import type { Address } from './address.ts';
import type { PostgresSettings } from './settings.ts';

const isHere = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\./.test(host) || host.startsWith('/');

/** How the server at `host` is trusted (PostgreSQL, libpq, table 34.1). */
export function tlsFor(settings: PostgresSettings, address: Address, host: string): ConnectionOptions | false {
  const mode =
    settings.sslmode ?? address.sslmode ?? (address.hosts.every((one) => isHere(one.host)) ? 'disable' : 'verify-full');
  if (mode === 'disable') return false;
  const { ca_file, client_cert_file, client_key_file } = settings;
  return {
    ...(ca_file === undefined ? {} : { ca: readNamedFile(ca_file) }),
    ...(client_cert_file === undefined ? {} : { cert: readNamedFile(client_cert_file) }),
    ...(client_key_file === undefined ? {} : { key: readNamedFile(client_key_file) }),
    rejectUnauthorized: mode !== 'require',
    ...(mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : { servername: host }),
  };
}
