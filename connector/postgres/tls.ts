import type { ConnectionOptions } from 'node:tls';
import { isLoopback } from '../config/vocabulary/listen.ts';
import { readNamedFile } from '../text/read-named-file.ts';
import type { Address } from './address.ts';
import { unavailable } from './postgres-errors.ts';
import type { PostgresSettings } from './settings.ts';

type FileSetting = 'ca_file' | 'client_cert_file' | 'client_key_file';

const CONTENTS: Readonly<Record<FileSetting, readonly [RegExp, string]>> = {
  ca_file: [/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/, 'no certificate'],
  client_cert_file: [/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/, 'no certificate'],
  client_key_file: [/-----BEGIN (?:\w+ )?PRIVATE KEY-----/, 'no private key'],
};

/** Read for each connection: certificates are renewed. @throws unavailable */
function pem(setting: FileSetting, file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = readNamedFile(file).toString('latin1');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw unavailable(
      'certificate-file-unusable',
      `${setting} ${file} cannot be opened (${code}); check its place and rights`,
      {
        cause: error,
      },
    );
  }
  const [expected, missing] = CONTENTS[setting];
  if (expected.test(text)) return text;
  throw unavailable('certificate-file-unusable', `${setting} ${file} holds ${missing} in PEM form`);
}

/**
 * On this machine nobody listens in between: a server there that has no TLS is talked to in the clear, where nothing is said
 * of TLS at all. One that has it is verified as any other.
 */
export const mayBePlain = (
  { sslmode, ca_file, client_cert_file }: PostgresSettings,
  address: Address,
  host: string,
): boolean => isLoopback(host) && (sslmode ?? address.sslmode ?? ca_file ?? client_cert_file) === undefined;

/**
 * How the server at `host` is trusted (PostgreSQL, libpq, table 34.1).
 * @throws unavailable  a file cannot be used
 */
export function tlsFor(settings: PostgresSettings, address: Address): ConnectionOptions | false {
  const mode = settings.sslmode ?? address.sslmode ?? 'verify-full';
  if (mode === 'disable') return false;
  const [ca, cert, key] = (['ca_file', 'client_cert_file', 'client_key_file'] as const).map((name) =>
    pem(name, settings[name]),
  );
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: mode !== 'require',
    // pg says the host itself, where it is no address.
    ...(mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
  };
}
