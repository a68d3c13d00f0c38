import { aliasFor } from '../keytool.ts';
import { authorityFile } from './state-files.ts';
import { readAuthority } from './stored-authority.ts';

export interface AuthorityDescription {
  readonly file: string;
  readonly pem: string;
  readonly fingerprint256: string;
  readonly notAfter: Date;
  /** All it may sign for. */
  readonly permitted: readonly string[];
  /** For a truststore: differs for every authority, because keytool refuses an alias twice. */
  readonly alias: string;
}

/** The authority to import, once a server has been started. @throws CertificateError */
export async function describeAuthority(stateDir: string): Promise<AuthorityDescription | undefined> {
  const authority = await readAuthority(stateDir);
  if (authority === undefined) return undefined;
  const { root, subtrees } = authority;
  const { fingerprint256, validToDate } = root;
  return {
    file: authorityFile(stateDir),
    pem: String(root),
    fingerprint256,
    notAfter: validToDate,
    permitted: subtrees,
    alias: aliasFor(fingerprint256),
  };
}
