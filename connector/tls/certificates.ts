import type { SecureContextOptions } from 'node:tls';
import type { Notices } from '../log/notices.ts';
import { ensureServerCertificate, type OwnNames } from './authority-files.ts';
import { CertificateError } from './certificate-error.ts';
import { loadFiles } from './certificate-files.ts';
import type { CertificateDescription, Loaded } from './loaded-certificate.ts';
import { loadPfx } from './pfx-file.ts';

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

/** The server's certificate, now and after a renewal. */
export interface Certificates {
  /** For `https.createServer` and `server.setSecureContext`, with `TLS_OPTIONS`. */
  current(): SecureContextOptions;
  describe(): CertificateDescription;
  /** Reads the source again. Never rejects: when the new one is bad, the old one stays and the log says why. */
  reload(): Promise<void>;
  /** Called after the certificate has changed, with what `current()` now answers. */
  onChange(listener: (context: SecureContextOptions) => void): void;
  /** Stops renewing. */
  close(): void;
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
    case 'auto':
      return () => ensureServerCertificate(options, options.log, now());
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

class LiveCertificates implements Certificates {
  readonly #load: () => Promise<Loaded>;
  readonly #log: Notices;
  readonly #listeners: ((context: SecureContextOptions) => void)[] = [];
  /** Each sentence is said once: the source is looked at every minute. */
  #said: ReadonlySet<string> = new Set();
  #failure = '';
  #loaded: Loaded;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(load: () => Promise<Loaded>, loaded: Loaded, log: Notices) {
    this.#load = load;
    this.#loaded = loaded;
    this.#log = log;
    this.#say(loaded.warnings);
  }

  current(): SecureContextOptions {
    return this.#loaded.context;
  }

  describe(): CertificateDescription {
    return this.#loaded.description;
  }

  onChange(listener: (context: SecureContextOptions) => void): void {
    this.#listeners.push(listener);
  }

  reload(): Promise<void> {
    this.#running ??= this.#reload().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  lookEvery(period: number): void {
    this.#timer = setInterval(() => void this.reload(), period).unref();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#listeners.length = 0;
  }

  async #reload(): Promise<void> {
    const before = this.#loaded;
    try {
      const loaded = await this.#load();
      this.#say(loaded.warnings);
      if (isSame(loaded, before)) return;
      for (const listener of this.#listeners) listener(loaded.context);
      this.#loaded = loaded;
      this.#log.info(`serving a new certificate, valid until ${loaded.description.notAfter.toISOString()}`);
    } catch (cause) {
      const failure = cause instanceof Error ? cause.message : String(cause);
      if (failure !== this.#failure) this.#log.warn(`keeping the certificate in use: ${failure}`);
      this.#failure = failure;
    }
  }

  #say(warnings: readonly string[]): void {
    for (const text of warnings.filter((warning) => !this.#said.has(warning))) this.#log.warn(text);
    this.#said = new Set(warnings);
    this.#failure = '';
  }
}

const isSame = (a: Loaded, b: Loaded): boolean =>
  a.description.fingerprint256 === b.description.fingerprint256 && String(a.context.cert) === String(b.context.cert);
