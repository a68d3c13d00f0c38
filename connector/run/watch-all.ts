import type { CredentialStore } from '../auth/credentials/credential-store.ts';
import type { Gauge } from '../backend/backend.ts';
import type { Gates } from '../holds/gates.ts';
import type { Capacity } from '../http/request/share.ts';
import type { Journal } from '../journal/journal.ts';
import { certificateExpiry, credentialExpiry } from '../metrics/expiry.ts';
import { importGauges } from '../metrics/import-gauges.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { Stores, type WatchedStore } from '../metrics/stores.ts';
import type { Certificates } from '../tls/live-certificates.ts';
import type { Vitals } from '../vitals/vitals.ts';
import type { Listener } from './listener.ts';
import type { Mounts } from './mounts.ts';

/** How long Prometheus waits for what is asked of others. Unit: ms. */
const GAUGES_WAIT = 2000;

/** The parts of a connector that have something to say when Prometheus asks. */
export interface Watched {
  readonly capacity: Capacity;
  readonly listener: Listener;
  readonly mounts: Mounts;
  readonly credentials: CredentialStore;
  /** None over plain HTTP. */
  readonly certificates: Certificates | undefined;
  readonly gates: Gates;
  readonly journal: Journal | undefined;
  readonly vitals: Vitals;
}

export function watchAll(
  metrics: Metrics,
  { capacity, listener, mounts, credentials, certificates, gates, journal, vitals }: Watched,
): void {
  const stores = new Stores(() => mounts.stores.map(watchedStore));
  metrics.watch(() => trafficGauges(capacity, listener.connections));
  metrics.watch(() => stores.gauges());
  metrics.watch(() => {
    for (const { app, backend } of mounts.stores) metrics.episodes.expectImports(app, backend.capabilities.types);
    return [];
  });
  metrics.watch(() =>
    gates.gauges(
      { signal: AbortSignal.timeout(GAUGES_WAIT) },
      mounts.stores.map(({ app }) => app),
    ),
  );
  metrics.watch(() => journal?.gauges() ?? []);
  metrics.watch(() => importGauges(vitals.report().imports));
  for (const { app, time } of vitals.report().contacts.toReversed()) metrics.remember(app, time);
  metrics.watch(() => (certificates ? [certificateExpiry(certificates.describe().notAfter)] : []));
  metrics.watch(() => credentialExpiry(credentials.expiries()));
}

const watchedStore = ({ app, backend }: Mounts['stores'][number]): WatchedStore => ({
  app,
  ping: () => backend.ping(),
  gauges: () => backend.gauges?.() ?? [],
});

function trafficGauges({ requests, room, hugeBodies }: Capacity, connections: number): readonly Gauge[] {
  const waiting = (name: string, value: number): Gauge => ({
    name: 'requests_waiting',
    help: 'Large requests that wait for their turn (large), and of those the largest (huge)',
    value,
    labels: { room: name },
  });
  return [
    { name: 'requests_in_flight', help: 'Requests that have begun and are not over', value: requests },
    waiting('large', room.waiting),
    waiting('huge', hugeBodies.waiting),
    { name: 'client_connections', help: 'Open connections of clients', value: connections },
  ];
}
