import { join } from 'node:path';
import type Koa from 'koa';
import { AdminServer } from '../admin/admin-server.ts';
import type { CredentialStore } from '../auth/credentials/credential-store.ts';
import type { Config } from '../config/config.ts';
import type { Mount } from '../http/mount.ts';
import { trustProxies } from '../http/request/client-address.ts';
import { Capacity } from '../http/request/share.ts';
import type { Log } from '../log/log.ts';
import { noticesTo } from '../log/notices.ts';
import { removeAbandoned } from '../state/partial-file.ts';
import { openCertificates } from '../tls/certificates.ts';
import type { Certificates } from '../tls/live-certificates.ts';
import { Alerting } from './alerting.ts';
import { changedBound } from './bound-settings.ts';
import { certificateOptions } from './certificate-options.ts';
import { DescriptorWatch } from './descriptor-watch.ts';
import { healthReport, onePerApp } from './health-report.ts';
import { createHttpApp } from './http-app.ts';
import { IdleMemory } from './idle-memory.ts';
import { Listener, type TlsOptions } from './listener.ts';
import { Mounts } from './mounts.ts';
import { originOf } from './origin.ts';
import type { ServiceSighted, ServiceStatus } from './service-status.ts';
import { StateKeeping } from './state-keeping.ts';
import { Watchers } from './watchers.ts';

/** What is opened before there is a connector. */
interface Opened {
  readonly watchers: Watchers;
  readonly certificates: Certificates | undefined;
  readonly state: StateKeeping;
  readonly isPassing: boolean;
}

/** Everything between a configuration and a socket that answers. */
export class Connector {
  readonly #log: Log;
  readonly #mounts: Mounts;
  readonly #state: StateKeeping;
  readonly #certificates: Certificates | undefined;
  readonly #listener: Listener;
  readonly #admin: AdminServer;
  readonly #watchers: Watchers;
  readonly #isPassing: boolean;
  #descriptors: DescriptorWatch | undefined;
  #memory: IdleMemory | undefined;
  #config: Config;
  #port: number;

  private constructor(config: Config, { watchers, certificates, state, isPassing }: Opened) {
    const { log } = watchers.alerting;
    const text = noticesTo(log);
    this.#config = config;
    this.#isPassing = isPassing;
    this.#log = log;
    this.#watchers = watchers;
    this.#certificates = certificates;
    this.#state = state;
    this.#mounts = new Mounts({ ...state.ofMounts, log: text, ...watchers.ofStores });
    const { server } = config;
    const capacity = new Capacity(server.max_body);
    const koa: Koa = createHttpApp({
      mounts: () => this.#mounts.current,
      log,
      accessLog: watchers.accessLog,
      observer: watchers.observer,
      limits: {
        maxBody: server.max_body,
        maxUserBody: server.max_user_body,
        bulkMaxPayload: server.bulk_max_payload,
      },
      capacity,
      deadline: server.deadline,
      trustedProxies: trustProxies(server.trusted_proxies),
      passingStatus: server.unavailable_status,
    });
    this.#port = server.listen.port;
    this.#listener = new Listener(koa.callback(), {
      host: server.listen.host,
      port: server.listen.port,
      ...(certificates ? { tls: this.#tlsOf(certificates) } : {}),
      patience: { stalled: server.deadline + 60_000 },
      log,
    });
    certificates?.onChange((context) => this.#listener.setCertificate(context));
    this.#admin = new AdminServer({ stateDir: config.state_dir, log });
    this.#admin.route('GET', '/health', () => healthReport(this.#mounts.current));
    this.#admin.route('GET', '/status', () => this.#status());
    this.#admin.route('GET', '/urls', async () => this.baseUrls);
    this.#admin.route('GET', '/sightings', ({ query }) => this.#sighted(query.get('after')));
    const parts = { listener: this.#listener, mounts: this.#mounts, credentials: state.credentials };
    watchers.look({ ...parts, capacity, certificates });
  }

  /**
   * Reads certificates and credentials and opens every store; does not listen yet.
   * @param version  of the program
   * @param isPassing  beside the service or in its place for a moment: it leaves nothing behind, and is not asked by `status`
   * @throws what stands in the way
   */
  static async open(config: Config, lines: Log, version = '', isPassing = false): Promise<Connector> {
    const alerting = new Alerting(config, lines);
    let certificates: Certificates | undefined;
    let watchers: Watchers | undefined;
    let state: StateKeeping | undefined;
    try {
      for (const folder of ['.', 'tls', 'backups']) removeAbandoned(join(config.state_dir, folder));
      state = await StateKeeping.open(config, noticesTo(alerting.log), version, isPassing);
      if (!config.server.http)
        certificates = await openCertificates(certificateOptions(config, noticesTo(alerting.log), state.authority));
      watchers = await Watchers.open(config, alerting, { version, isPassing, shared: state.shared });
      const connector = new Connector(config, { watchers, certificates, state, isPassing });
      await connector.#mounts.use(config);
      return connector;
    } catch (error) {
      certificates?.close();
      await (watchers ?? alerting).close();
      await state?.close();
      throw error;
    }
  }

  get mounts(): readonly Mount[] {
    return this.#mounts.current;
  }

  get certificates(): Certificates | undefined {
    return this.#certificates;
  }

  /** For lines about the connector: somebody may be told of their events. */
  get log(): Log {
    return this.#log;
  }

  get credentials(): CredentialStore {
    return this.#state.credentials;
  }

  /** @throws Error when the address cannot be listened on */
  async listen(): Promise<void> {
    if (this.#isPassing) {
      this.#port = (await this.#listener.listen()).port;
      return;
    }
    await this.#watchers.listen();
    this.#port = (await this.#listener.listen()).port;
    await this.#admin.open();
    this.#watchers.vitals.start();
    this.#descriptors = new DescriptorWatch(this.#log);
    this.#memory = new IdleMemory();
    this.#memory.start();
    const [mounts, certificates, { credentials }] = [this.#mounts, this.#certificates, this.#state];
    this.#watchers.alerting.start(this.#config, { mounts, certificates, credentials });
    this.#state.start();
  }

  #tlsOf(certificates: Certificates): TlsOptions {
    return {
      context: certificates.current(),
      shown: () => ({ ...certificates.describe(), ours: this.#config.tls.source === 'auto' }),
      onFailure: (failure) => this.#watchers.handshakeFailed(failure),
      onEach: (failure) => this.#watchers.sightings.handshake(failure),
    };
  }

  async #status(): Promise<ServiceStatus> {
    const certificate = this.#certificates?.describe();
    const { journal } = this.#watchers;
    const sharing = this.#state.status;
    return {
      pid: process.pid,
      urls: this.baseUrls,
      ...this.#watchers.vitals.report(),
      health: await healthReport(this.#mounts.current),
      ...(certificate ? { certificate } : {}),
      ...(journal ? { journal: journal.health } : {}),
      ...(sharing ? { sharing } : {}),
    };
  }

  #sighted(after: string | null): ServiceSighted {
    const number = after === null || !/^\d{1,15}$/.test(after) ? undefined : Number(after);
    return { pid: process.pid, urls: this.baseUrls, ...this.#watchers.sightings.since(number) };
  }

  /** Base URLs as Okta needs them, without the slash at the end, in the order of the apps: of each its first version of SCIM. */
  get baseUrls(): readonly string[] {
    return onePerApp(this.mounts).map((mount) => this.#urlOf(mount));
  }

  /** Where the apps are served in a further version of SCIM. */
  get furtherUrls(): readonly { readonly version: string; readonly url: string }[] {
    const first = onePerApp(this.mounts);
    const further = this.mounts.filter((mount) => !first.includes(mount));
    return further.map((mount) => ({ version: mount.protocol.name, url: this.#urlOf(mount) }));
  }

  #urlOf({ path }: Mount): string {
    return `${originOf(this.#config, this.#port)}${path}`;
  }

  /**
   * Serves `config` from now on. What is bound to the socket stays as it is and is named in the log.
   * @throws what stands in the way; everything then stays as it was
   */
  async reload(config: Config): Promise<void> {
    await this.#mounts.use(config);
    const before = this.#config;
    this.#config = config;
    await this.#certificates?.reload();
    for (const name of changedBound(before, config)) this.#log.warn({}, `${name} has changed: restart to apply it`);
    if (JSON.stringify(before.alerts) !== JSON.stringify(config.alerts)) await this.#watchers.alerting.use(config);
  }

  /** Stops accepting, lets running requests finish within the configured grace, closes every store. */
  async close(): Promise<void> {
    this.#descriptors?.close();
    this.#memory?.close();
    await this.#admin.close();
    await this.#listener.close(this.#config.server.shutdown_grace);
    await this.#watchers.rest();
    this.#certificates?.close();
    await this.#mounts.close();
    await this.#watchers.close();
    await this.#state.close();
  }
}
