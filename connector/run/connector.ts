import { hostname } from 'node:os';
import type Koa from 'koa';
import { CredentialStore } from '../auth/credential-store.ts';
import { Throttle } from '../auth/throttle.ts';
import type { Config } from '../config/config.ts';
import { formatListen } from '../config/schema/listen.ts';
import type { Application } from '../http/application.ts';
import type { Log } from '../http/middleware/access-log.ts';
import { trustProxies } from '../http/request/client-address.ts';
import type { Log as Sentences } from '../state/log.ts';
import { type Certificates, openCertificates } from '../tls/certificates.ts';
import { Applications } from './applications.ts';
import { certificateOptions } from './certificate-options.ts';
import { createConnector } from './http-app.ts';
import { Server } from './listener.ts';

const sentences = (log: Log): Sentences => ({ info: (text) => log.info({}, text), warn: (text) => log.warn({}, text) });

/** Settings of [server] that a reload does not reach. */
const BOUND = [
  'listen',
  'http',
  'deadline',
  'max_body',
  'bulk_max_payload',
  'trusted_proxies',
  'unavailable_status',
] as const;

/** Everything between a configuration and a socket that answers. */
export class RunningConnector {
  readonly #log: Log;
  readonly #applications: Applications;
  readonly #credentials: CredentialStore;
  readonly #certificates: Certificates | undefined;
  readonly #server: Server;
  #config: Config;
  #port: number;

  private constructor(config: Config, log: Log, certificates: Certificates | undefined) {
    const text = sentences(log);
    this.#config = config;
    this.#log = log;
    this.#certificates = certificates;
    this.#credentials = new CredentialStore({ stateDir: config.state_dir, log: text });
    this.#applications = new Applications({ credentials: this.#credentials, throttle: new Throttle(), log: text });
    const { server } = config;
    const koa: Koa = createConnector({
      applications: () => this.#applications.current,
      log,
      limits: { maxBody: server.max_body, bulkMaxPayload: server.bulk_max_payload },
      deadline: server.deadline,
      trustedProxies: trustProxies(server.trusted_proxies),
      passingStatus: server.unavailable_status,
    });
    this.#port = server.listen.port;
    const tls = certificates?.current();
    this.#server = new Server(koa.callback(), {
      host: server.listen.host,
      port: server.listen.port,
      ...(tls ? { tls } : {}),
      log,
    });
    certificates?.onChange((context) => this.#server.setCertificate(context));
  }

  /** Reads certificates and credentials and opens every store; does not listen yet. @throws what stands in the way */
  static async open(config: Config, log: Log): Promise<RunningConnector> {
    const certificates = config.server.http
      ? undefined
      : await openCertificates(certificateOptions(config, sentences(log)));
    try {
      const connector = new RunningConnector(config, log, certificates);
      await connector.#applications.use(config);
      return connector;
    } catch (error) {
      certificates?.close();
      throw error;
    }
  }

  get applications(): readonly Application[] {
    return this.#applications.current;
  }

  get certificates(): Certificates | undefined {
    return this.#certificates;
  }

  get credentials(): CredentialStore {
    return this.#credentials;
  }

  /** @throws Error when the address cannot be listened on */
  async listen(): Promise<void> {
    this.#port = (await this.#server.listen()).port;
  }

  /** Base URLs as Okta needs them, without the slash at the end, in the order of the apps. */
  get baseUrls(): readonly string[] {
    return this.applications.map(({ path }) => `${originOf(this.#config, this.#port)}${path}`);
  }

  /**
   * Serves `config` from now on. What is bound to the socket stays as it is and is named in the log.
   * @throws what stands in the way; everything then stays as it was
   */
  async reload(config: Config): Promise<void> {
    await this.#applications.use(config);
    const before = this.#config;
    this.#config = config;
    await this.#certificates?.reload();
    const bound = BOUND.filter((name) => JSON.stringify(before.server[name]) !== JSON.stringify(config.server[name]));
    for (const name of bound) this.#log.warn({}, `server.${name} has changed: restart to apply it`);
    if (JSON.stringify(before.tls) !== JSON.stringify(config.tls))
      this.#log.warn({}, '[tls] has changed: restart to apply it');
    if (before.state_dir !== config.state_dir) this.#log.warn({}, 'state_dir has changed: restart to apply it');
  }

  /** Stops accepting, lets running requests finish within the configured grace, closes every store. */
  async close(): Promise<void> {
    await this.#server.close(this.#config.server.shutdown_grace);
    this.#certificates?.close();
    this.#credentials.close();
    await this.#applications.close();
  }
}

/** Scheme and authority under which the server is reached. */
export function originOf({ server }: Config, port: number): string {
  if (server.base_url !== undefined) return server.base_url;
  const { host } = server.listen;
  const anywhere = host === undefined || host === '0.0.0.0' || host === '::';
  return `${server.http ? 'http' : 'https'}://${formatListen({ host: anywhere ? hostname() : host, port })}`;
}
