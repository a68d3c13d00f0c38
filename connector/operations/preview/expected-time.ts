import type { KnownImport } from './last-import.ts';

/** How long an import would take. Unit: ms. */
export interface ExpectedTime {
  /** The connector's share, as it was measured just now. */
  readonly connector: number;
  /** Of one page, the middle one of all and the slowest. */
  readonly page: { readonly median: number; readonly slowest: number };
  /** The agent's and Okta's share between the pages, by the last import; absent where there was none. */
  readonly okta?: number;
  readonly text: string;
}

const inMinutes = (ms: number): string => {
  if (ms < 1000) return 'less than a second';
  if (ms < 90_000) return `${Math.ceil(ms / 1000)} s`;
  return `${Math.ceil(ms / 60_000)} min`;
};

/** @param durations  of the pages that were read @param known  the last import, of users alone */
export function expectedTime(durations: readonly number[], known: KnownImport): ExpectedTime {
  const sorted = durations.toSorted((a, b) => a - b);
  const connector = durations.reduce((sum, one) => sum + one, 0);
  const page = { median: sorted[sorted.length >> 1] ?? 0, slowest: sorted.at(-1) ?? 0 };
  const ours = `${inMinutes(connector)} by the connector, measured over ${durations.length} pages`;
  if (!('last' in known))
    return {
      connector,
      page,
      text: `${ours}; Okta's own share is not known: it publishes no figure, and the journal has no import to go by`,
    };
  const { pages, duration, backendDuration, time } = known.last;
  const okta = (Math.max(0, duration - backendDuration) / Math.max(1, pages)) * durations.length;
  return {
    connector,
    page,
    okta,
    text: `${ours}; about ${inMinutes(okta)} more between the pages, as at the import of ${time.slice(0, 10)}. What Okta does afterwards is not known here`,
  };
}
