import { Alerts } from '../alerts/alerts.ts';
import { channelsOf } from '../alerts/channels.ts';
import { CredentialWatch } from '../alerts/watch/credential-watch.ts';
import { DiskWatch } from '../alerts/watch/disk-watch.ts';
import { ExpiryWatch } from '../alerts/watch/expiry-watch.ts';
import { FailureWatch } from '../alerts/watch/failure-watch.ts';
import { StoreWatch } from '../alerts/watch/store-watch.ts';
import type { CredentialStore } from '../auth/credentials/credential-store.ts';
import type { Config } from '../config/config.ts';
import { logEvent } from '../log/event.ts';
import type { Log } from '../log/log.ts';
import { overheard } from '../log/overheard.ts';
import type { Observer, OperationEvent } from '../service/observer.ts';
import { freeSpace } from '../state/free-space.ts';
import { RunMarker } from '../state/run-marker.ts';
import type { Certificates } from '../tls/live-certificates.ts';
import { onePerApp } from './health-report.ts';
import type { Mounts } from './mounts.ts';

/** How often it is looked at what no request tells of. Unit: ms. */
const LOOK_EVERY = 60_000;

const commandOf =
  ({ file }: Config) =>
  (verb: string): string =>
    `scim-connector ${verb}${file === undefined ? '' : ` --config ${file}`}`;

interface WatchedParts {
  readonly mounts: Mounts;
  readonly certificates: Certificates | undefined;
  readonly credentials: CredentialStore;
}

/** Watches over a running connector and has somebody told when something is wrong (docs/alerts.md). */
export class Alerting implements Observer {
  /** To be used by all that runs: what is written with an event's number is heard. */
  readonly log: Log;
  readonly #plain: Log;
  readonly #marker: RunMarker;
  #alerts: Alerts;
  #failures: FailureWatch;
  #credentials: CredentialWatch;
  #watched: WatchedParts | undefined;
  #stores: StoreWatch | undefined;
  #looking: NodeJS.Timeout | undefined;
  #looks: readonly (() => unknown)[] = [];

  constructor(config: Config, log: Log) {
    this.#plain = log;
    this.log = overheard(log, (event) => this.#alerts.hear(event));
    this.#marker = new RunMarker(config.state_dir);
    this.#alerts = this.#alertsOf(config);
    [this.#failures, this.#credentials] = this.#countersOf(config);
  }

  observe(event: OperationEvent): void {
    this.#failures.observe(event);
    this.#credentials.observe(event);
  }

  /** The connector answers from now on. */
  start(config: Config, watched: WatchedParts): void {
    this.#watched = watched;
    this.#watch(config);
    logEvent(this.log, 'started');
    const before = this.#marker.begin();
    if (before) logEvent(this.log, 'startedAfterCrash', { since: before.since });
    this.#looking = setInterval(() => this.#look(), LOOK_EVERY).unref();
    this.#look();
  }

  /** What was told is forgotten with the settings it was told by. */
  async use(config: Config): Promise<void> {
    const before = this.#alerts;
    this.#alerts = this.#alertsOf(config);
    [this.#failures, this.#credentials] = this.#countersOf(config);
    this.#watch(config);
    await before.close();
  }

  async close(): Promise<void> {
    clearInterval(this.#looking);
    this.#stores?.close();
    this.#marker.end();
    await this.#alerts.close();
  }

  #alertsOf(config: Config): Alerts {
    return new Alerts({
      channels: channelsOf(config.alerts),
      log: this.#plain,
      minInterval: config.alerts.min_interval,
      command: commandOf(config),
    });
  }

  #countersOf({ alerts }: Config): [FailureWatch, CredentialWatch] {
    const { window, failures, failure_percent: failurePercent, refused_credentials: refusals } = alerts;
    const onUnavailable = (app: string): void => {
      this.#stores?.suspect(app);
      this.#alerts.seen('backendDown', app);
    };
    return [
      new FailureWatch({ log: this.log, window, failures, failurePercent, onUnavailable }),
      new CredentialWatch({ log: this.log, window, refusals }),
    ];
  }

  #watch({ alerts, state_dir }: Config): void {
    if (!this.#watched) return;
    const { mounts, certificates, credentials: issued } = this.#watched;
    const { expiry: margin, disk_free: least } = alerts;
    const log = this.log;
    this.#stores?.close();
    const stores = () => onePerApp(mounts.current).map(({ app, service }) => ({ app, ping: () => service.ping() }));
    const watch = new StoreWatch({ log, stores });
    const certificate = new ExpiryWatch({
      ...{ log, margin, events: ['certificateEnds', 'certificateEnded', 'certificateGood'] },
      endings: () =>
        certificates ? [{ name: 'the certificate', at: certificates.describe().notAfter.getTime() }] : [],
    });
    const credentials = new ExpiryWatch({
      ...{ log, margin, events: ['credentialEnds', 'credentialEnded', 'credentialGood'] },
      endings: () =>
        issued
          .expiries()
          .flatMap(({ name, expires }) => (expires === undefined ? [] : [{ name, at: Date.parse(expires) }])),
    });
    const disk = new DiskWatch({ log, folder: state_dir, least, free: freeSpace });
    this.#stores = watch;
    this.#looks = [
      () => watch.look(),
      () => certificate.look(),
      () => credentials.look(),
      () => disk.look(),
      () => this.#failures.look(),
      () => this.#credentials.look(),
    ];
  }

  #look(): void {
    for (const look of this.#looks) look();
  }
}
