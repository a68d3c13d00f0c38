import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../../connector/config/config.ts';
import { renewCertificate } from '../../../connector/operations/certificate/renew-certificate.ts';
import { checkTrust, type TrustReport } from '../../../connector/operations/trust/check-trust.ts';
import { type ServedChain, servedChain } from '../../../connector/operations/trust/served-chain.ts';
import { CustomerAuthority } from '../../support/customer-authority.ts';
import { configuration } from '../configuration.ts';

const SILENT = { info: () => undefined, warn: () => undefined };

/** A connector's certificates, of either source, and files to trust or not. */
export class TrustStage {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  at(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): string {
    writeFileSync(this.at(name), text, { mode: 0o600 });
    return this.at(name);
  }

  /** @param authority  a new CA too */
  async own(authority = false): Promise<ServedChain> {
    const config = await this.config();
    await renewCertificate(config, { authority }, SILENT);
    return servedChain(config);
  }

  async config(...lines: readonly string[]): Promise<Config> {
    return (await configuration(this.folder, `state_dir = ${JSON.stringify(this.at('state'))}`, ...lines)).config;
  }

  /** The customer's certificate, its issuer with it or not. */
  async customers(
    withIssuer: boolean,
  ): Promise<{ readonly authority: CustomerAuthority; readonly served: ServedChain }> {
    const authority = new CustomerAuthority(this.folder);
    const { cert, key } = authority.leaf();
    this.write('server.crt', withIssuer ? cert + authority.intermediate : cert);
    this.write('server.key', key);
    const files = `cert_file = ${JSON.stringify(this.at('server.crt'))}\nkey_file = ${JSON.stringify(this.at('server.key'))}`;
    return { authority, served: await servedChain(await this.config('[tls]', 'source = "files"', files)) };
  }

  /** A certificate that has nothing to do with us. */
  strangers(): string {
    const words = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-subj',
      '/CN=other',
    ];
    execFileSync('openssl', [...words, '-keyout', this.at('other.key'), '-out', this.at('other.crt')], {
      stdio: 'ignore',
    });
    return this.at('other.crt');
  }

  check(truststore: string, served: ServedChain, password?: string, now?: number): TrustReport {
    return checkTrust({ served, agent: undefined, truststore, password }, now);
  }
}
