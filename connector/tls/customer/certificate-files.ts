/** The customer's certificate and key as PEM files. */
import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { decodeText } from '../../text/decode-text.ts';
import { TextError } from '../../text/text-error.ts';
import { CertificateError } from '../certificate-error.ts';
import { describeCertificate } from '../describe-certificate.ts';
import type { Loaded } from '../loaded-certificate.ts';
import { parseCertificates } from '../pem.ts';
import { TLS_OPTIONS } from '../tls-options.ts';
import { judgeChain } from './judge-chain.ts';
import { prove } from './prove.ts';
import { readBytes } from './read-bytes.ts';

export interface FileOptions {
  readonly certFile: string;
  readonly keyFile: string;
  readonly passphrase?: (() => string | undefined) | undefined;
  readonly names?: readonly string[] | undefined;
  readonly listenHost?: string | undefined;
}

/** @throws CertificateError */
export function loadFiles(options: FileOptions, now: number): Loaded {
  const { certFile, keyFile, names, listenHost } = options;
  const chain = parseCertificates(readText(certFile), certFile);
  const key = readKey(options);
  if (!chain[0].checkPrivateKey(key)) throw mismatch(chain, key, options);
  const warnings = judgeChain({ chain, file: certFile, names, listenHost }, now);
  const context = {
    ...TLS_OPTIONS,
    cert: chain.map(String).join(''),
    key: key.export({ type: 'pkcs8', format: 'pem' }),
  };
  prove(context, certFile);
  return { context, description: describeCertificate(chain[0]), warnings: [...warnings, ...exposed(keyFile)] };
}

function readText(file: string): string {
  try {
    return decodeText(readBytes(file), file);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw new CertificateError(`${error.message}; a certificate or key in another form goes into a PFX file`, {
      cause: error,
    });
  }
}

function readKey({ keyFile, passphrase: ask }: FileOptions): KeyObject {
  const key = readText(keyFile);
  const passphrase = ask?.();
  try {
    return createPrivateKey(passphrase === undefined ? { key } : { key, passphrase });
  } catch (cause) {
    if (key.includes('ENCRYPTED')) {
      throw new CertificateError(
        passphrase === undefined
          ? `${keyFile} is encrypted: configure its passphrase`
          : `${keyFile} cannot be opened with the configured passphrase`,
        { cause },
      );
    }
    throw new CertificateError(`${keyFile} holds no private key: it needs a PEM block "BEGIN PRIVATE KEY"`, { cause });
  }
}

function mismatch(chain: readonly X509Certificate[], key: KeyObject, { certFile, keyFile }: FileOptions): Error {
  const other = chain.findIndex((certificate) => certificate.checkPrivateKey(key));
  return new CertificateError(
    other > 0
      ? `${certFile}: the server's certificate is number ${other + 1} in the file: put it first`
      : `${keyFile} does not belong to the certificate in ${certFile}: use the key the certificate was requested with`,
  );
}

function exposed(keyFile: string): string[] {
  if (process.platform === 'win32' || (statSync(keyFile).mode & 0o007) === 0) return [];
  return [`${keyFile} can be read by every account of this host: chmod 600 it`];
}
