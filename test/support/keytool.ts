import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The certificates that Debian's Java trusts. */
export const DEBIAN_CACERTS = '/etc/ssl/certs/java/cacerts';

export const hasKeytool = (): boolean => spawnSync('keytool', ['-help']).status === 0;
export const hasCacerts = (): boolean => hasKeytool() && existsSync(DEBIAN_CACERTS);

/** What Java's own tool for key stores prints. */
export const keytool = (...words: readonly string[]): string =>
  execFileSync('keytool', words, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    // Passwords are read in the locale's encoding.
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });

/** How keytool is told to make a PKCS #12 store. */
export const PROTECTIONS = {
  usual: [],
  none: ['-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE', '-J-Dkeystore.pkcs12.macAlgorithm=NONE'],
  macAlone: ['-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE'],
  tripleDes: [
    '-J-Dkeystore.pkcs12.certProtectionAlgorithm=PBEWithSHA1AndDESede',
    '-J-Dkeystore.pkcs12.macAlgorithm=HmacPBESHA1',
  ],
  rc2: ['-J-Dkeystore.pkcs12.legacy'],
} as const;

export interface NewStore {
  readonly file: string;
  readonly password: string;
  readonly type: 'JKS' | 'PKCS12';
  readonly protection?: readonly string[];
}

/** Adds a certificate to a truststore, or makes it. */
export function trust(certificate: string, alias: string, { file, password, type, protection = [] }: NewStore): void {
  const words = ['-importcert', '-noprompt', '-file', certificate, '-alias', alias];
  keytool(...words, '-keystore', file, '-storepass', password, '-storetype', type, ...protection);
}
