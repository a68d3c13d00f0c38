import type { Notices } from '../log/notices.ts';
import { CertificateError } from './certificate-error.ts';
import { loadFiles } from './customer/certificate-files.ts';
import { loadPfx } from './customer/pfx-file.ts';
import { type Certificates, LiveCertificates } from './live-certificates.ts';
import type { Loaded } from './loaded-certificate.ts';
import type { OwnNames } from './own/own-names.ts';
import { ensureServerCertificate } from './own/server-certificate.ts';

export interface CertificateOptions extends OwnNames {
  /** `auto`: our own authority and certificate; `files`, `pfx`: the customer's. */
  readonly source: 'auto' | 'files' | 'pfx';
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly pfxFile?: string | undefined;
  /** Of the key or PFX file. Asked for at every load, so that it need not be kept. */
  readonly passphrase?: (() => string | undefined) | undefined;
  readonly log: Notices;
  /** Unit: ms since 1970. */
  readonly now?: () => number;
}

/** How often our own certificate is looked at: due for renewal, or renewed by the command line. Unit: ms. */
const LOOK_EVERY = 60_000;

/** @throws CertificateError the source cannot be used */
export async function openCertificates(options: CertificateOptions): Promise<Certificates> {
  const load = loaderOf(options);
  const live = new LiveCertificates(load, await load(), options.log);
  if (options.source === 'auto') live.lookEvery(LOOK_EVERY);
  return live;
}

function loaderOf(options: CertificateOptions): () => Promise<Loaded> {
  const now = options.now ?? Date.now;
  switch (options.source) {
    case 'auto': {
      let authority: 'make' | 'keep' = 'make';
      return async () => {
        const loaded = await ensureServerCertificate({ ...options, authority }, options.log, now());
        // Agents trust the one that is served: whatever becomes of the files, it is not replaced under them.
        authority = 'keep';
        return loaded;
      };
    }
    case 'files': {
      const certFile = required(options.certFile, 'a certificate file');
      const keyFile = required(options.keyFile, 'a key file');
      return async () => loadFiles({ ...options, certFile, keyFile }, now());
    }
    case 'pfx': {
      const pfxFile = required(options.pfxFile, 'a PFX file');
      return () => loadPfx({ ...options, pfxFile }, now());
    }
  }
}

function required(file: string | undefined, what: string): string {
  if (file === undefined) throw new CertificateError(`the configured TLS source needs ${what}: name it under [tls]`);
  return file;
}
