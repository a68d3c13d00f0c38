/** What `cert show|renew|export-ca` do. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../../connector/config/config.ts';
import { certificateOptions } from '../../connector/run/certificate-options.ts';
import { CertificateError } from '../../connector/tls/certificate-error.ts';
import { openCertificates } from '../../connector/tls/certificates.ts';
import { keytoolCommands } from '../../connector/tls/keytool.ts';
import type { CertificateDescription } from '../../connector/tls/loaded-certificate.ts';
import { describeAuthority } from '../../connector/tls/own/describe-authority.ts';
import { describeServerCertificate, renewServerCertificate } from '../../connector/tls/own/server-certificate.ts';
import { hasAuthority } from '../../connector/tls/own/state-files.ts';
import { confirm } from '../terminal/confirm.ts';
import { type Terminal, table, toSeconds } from '../terminal/terminal.ts';

const NONE_YET = 'there is no certificate yet: the first "serve" or "cert renew" makes one';

/** Said before and after a new CA. */
const LOCKS_OUT = 'a new CA locks out all agents until they have imported it';

export async function showCertificate(config: Config, terminal: Terminal): Promise<void> {
  const description =
    config.tls.source === 'auto'
      ? describeServerCertificate(config.state_dir)
      : await describeCustomers(config, terminal);
  if (description === undefined) throw new CertificateError(NONE_YET);
  await print(description, config, terminal);
  if (config.server.http) terminal.note('It is not served: server.http is on.');
}

export interface Renewal {
  /** Also the authority. */
  readonly authority: boolean;
  /** Agreed to beforehand. */
  readonly yes: boolean;
}

export async function renewCertificate(config: Config, { authority, yes }: Renewal, terminal: Terminal): Promise<void> {
  requireOwn(config, 'renew');
  const replaces = authority && hasAuthority(config.state_dir);
  if (replaces) await confirm({ what: LOCKS_OUT, question: 'Make a new CA', yes });
  const options = certificateOptions(config, logTo(terminal));
  const { description, warnings } = await renewServerCertificate({ ...options, authority }, options.log, Date.now());
  for (const warning of warnings) terminal.warn(warning);
  await print(description, config, terminal);
  if (replaces) terminal.warn(`${LOCKS_OUT}: run "cert export-ca FILE" and, on each of them, what it prints`);
}

export async function exportAuthority(config: Config, file: string | undefined, terminal: Terminal): Promise<void> {
  requireOwn(config, 'export');
  const authority = await describeAuthority(config.state_dir);
  if (authority === undefined) throw new CertificateError(NONE_YET);
  const { pem, fingerprint256, alias } = authority;
  if (file !== undefined) writeText(file, pem);
  const { linux, windows } = keytoolCommands({ caFile: file === undefined ? 'ca.pem' : resolve(file), alias });
  if (terminal.json) terminal.printJson({ ...authority, file: file ?? authority.file, keytool: { linux, windows } });
  else if (file === undefined) terminal.print(pem.trimEnd());
  if (file !== undefined) terminal.note(`wrote ${resolve(file)}`);
  terminal.note(`SHA-256 fingerprint: ${fingerprint256}`);
  terminal.noteCommands('On a Linux agent:', linux);
  terminal.noteCommands('On a Windows agent, elevated prompt:', windows);
}

/** Not by way of a second file: it may be a pipe or a device. */
function writeText(file: string, text: string): void {
  const existed = existsSync(file);
  try {
    writeFileSync(file, text);
  } catch (error) {
    if (!existed) rmSync(file, { force: true });
    throw error;
  }
}

async function describeCustomers(config: Config, terminal: Terminal): Promise<CertificateDescription> {
  const certificates = await openCertificates(certificateOptions(config, logTo(terminal)));
  certificates.close();
  return certificates.describe();
}

async function print(description: CertificateDescription, config: Config, terminal: Terminal): Promise<void> {
  const authority = config.tls.source === 'auto' ? await describeAuthority(config.state_dir) : undefined;
  const { names, notBefore, notAfter, ...texts } = description;
  if (terminal.json) {
    const ca = authority && {
      file: authority.file,
      fingerprint256: authority.fingerprint256,
      notAfter: authority.notAfter,
    };
    terminal.printJson({ source: config.tls.source, ...description, ...(ca ? { ca } : {}) });
    return;
  }
  terminal.print(
    table([
      ['source', config.tls.source],
      ['subject', texts.subject],
      ['issuer', texts.issuer],
      ['names', names.join(', ')],
      ['valid from', toSeconds(notBefore.toISOString())],
      ['valid until', `${toSeconds(notAfter.toISOString())}, ${remaining(notAfter, Date.now())}`],
      ['SHA-256', texts.fingerprint256],
      ...(authority === undefined
        ? []
        : [
            ['CA file', authority.file],
            ['CA SHA-256', authority.fingerprint256],
            ['CA valid until', toSeconds(authority.notAfter.toISOString())],
            ['CA limited to', authority.permitted.join(', ')],
          ]),
    ]),
  );
}

/** Unit: ms. */
const DAY = 86_400_000;

function remaining(end: Date, now: number): string {
  const days = Math.floor((end.getTime() - now) / DAY);
  if (end.getTime() <= now) return 'expired';
  return days === 1 ? '1 day left' : `${days} days left`;
}

function requireOwn(config: Config, verb: string): void {
  if (config.tls.source === 'auto') return;
  throw new CertificateError(`tls.source is "${config.tls.source}": there is no CA of ours to ${verb} with`);
}

const logTo = (terminal: Terminal) => ({
  info: (text: string) => terminal.note(text),
  warn: (text: string) => terminal.warn(text),
});
