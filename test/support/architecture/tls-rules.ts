import type { Rule } from './store-rules.ts';

export const TLS = 'connector/tls/';
const inTls = (...names: readonly string[]): string[] => names.map((name) => `${TLS}${name}`);

/** Certificates: ours, the customer's, and what is common to both. */
export const TLS_RULES: readonly Rule[] = [
  [
    `${TLS}own/`,
    [
      ...inTls(
        'certificate-error.ts',
        'describe-certificate.ts',
        'host-names.ts',
        'keytool.ts',
        'loaded-certificate.ts',
        'pem.ts',
        'tls-options.ts',
      ),
      'connector/state/',
      'connector/log/',
      '@peculiar/asn1-schema',
      '@peculiar/asn1-x509',
      '@peculiar/x509',
      'reflect-metadata',
    ],
  ],
  [
    `${TLS}customer/`,
    [
      ...inTls(
        'certificate-error.ts',
        'describe-certificate.ts',
        'host-names.ts',
        'loaded-certificate.ts',
        'pem.ts',
        'tls-options.ts',
      ),
      'connector/text/',
    ],
  ],
  [TLS, ['connector/log/']],
  // Those of Java, read.
  ['connector/truststore/', ['asn1js']],
];
