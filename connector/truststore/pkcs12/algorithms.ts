import { TruststoreError } from '../truststore-error.ts';

/** Object identifiers of hashes, RFC 8017 and RFC 8018. */
export const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

export const HMACS: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

export interface Cipher {
  readonly name: string;
  /** Unit: bytes. */
  readonly keySize: number;
}

/** With their padding, RFC 8018 appendix B.2 and RFC 3565. */
export const CIPHERS: Readonly<Record<string, Cipher>> = {
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keySize: 24 },
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keySize: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keySize: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keySize: 32 },
};

/** Java makes 10,000, and made 100,000; a file that asks for more keeps us busy. */
const MOST_ITERATIONS = 1_000_000;

/** @throws TruststoreError */
export function iterationsOf(count: number): number {
  if (count >= 1 && count <= MOST_ITERATIONS) return count;
  throw new TruststoreError('unsupported', `asks for ${count} iterations: make it again with fewer`);
}

/** @throws TruststoreError  it is not in `table` */
export function known<T>(table: Readonly<Record<string, T>>, oid: string): T {
  const found = Object.hasOwn(table, oid) ? table[oid] : undefined;
  if (found !== undefined) return found;
  throw new TruststoreError(
    'unsupported',
    `uses the algorithm ${oid}, which is outdated or not known here: make it again with "keytool -importkeystore -deststoretype JKS"`,
  );
}
