import type { SecureContextOptions } from 'node:tls';
import type { Notices } from '../log/notices.ts';
import type { CertificateDescription, Loaded } from './loaded-certificate.ts';

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

/** Asks `load` again when told to, or now and then. */
export class LiveCertificates implements Certificates {
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
      if (failure !== this.#failure) this.#log.warn(`keeping the certificate in use: ${failure}`, 'certificateKept');
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
