import { X509Certificate } from 'node:crypto';

/** A certificate that Java takes for an authority. */
export interface TrustedEntry {
  /** As keytool names it. */
  readonly alias: string;
  readonly certificate: X509Certificate;
}

/** What a Java truststore holds. */
export interface Truststore {
  readonly format: 'JKS' | 'PKCS12';
  readonly entries: readonly TrustedEntry[];
  /** Certificates in it that Java does not trust, or that cannot be read. */
  readonly passedOver: number;
  /** Its certificates can be read without its password. */
  readonly isOpen: boolean;
}

/** An alias, and the certificate that stands under it in DER. */
export interface RawEntry {
  readonly alias: string;
  readonly bytes: Uint8Array;
}

/** Those that can be read. One that cannot must not hide the others. */
export function trustedEntries(raw: readonly RawEntry[]): readonly TrustedEntry[] {
  return raw.flatMap(({ alias, bytes }) => {
    try {
      return [{ alias, certificate: new X509Certificate(bytes) }];
    } catch {
      return [];
    }
  });
}
