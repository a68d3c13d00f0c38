import type { KnownImport } from './last-import.ts';

/** Okta's own, by default (docs/previews.md, Safeguard). Unit: percent of the people assigned. */
const LIMIT = 20;
/** It looks at apps with more people than that. */
const FROM = 100;

/** Whether Okta would stop the import because too many people are gone. */
export interface Safeguard {
  /** `may trip`: it depends on who of the inactive ones was active at the last import. */
  readonly state: 'passes' | 'may trip' | 'trips' | 'unknown';
  readonly text: string;
  /** People at the last import. */
  readonly before?: number;
  readonly now: number;
  /** How many fewer they are. Unit: percent. */
  readonly percent?: number;
}

const shareOf = (part: number, whole: number): number => Math.round((part / whole) * 1000) / 10;

/** The people of now beside those of the last import that was served. */
export function safeguard(known: KnownImport, users: { readonly total: number; readonly inactive: number }): Safeguard {
  const { total: now, inactive } = users;
  if ('unknown' in known)
    return {
      state: 'unknown',
      now,
      text: `cannot be told: ${known.unknown}. It looks at apps with more than ${FROM} people`,
    };
  const { users: before, time } = known.last;
  const at = `the import of ${time.slice(0, 16).replace('T', ' ')} UTC`;
  if (before <= FROM)
    return {
      state: 'passes',
      before,
      now,
      text: `does not apply: ${at} had ${before} people; it looks at apps with more than ${FROM}`,
    };
  const gone = Math.max(0, before - now);
  const percent = shareOf(gone, before);
  const shown = { before, now, percent };
  const so = `${at} had ${before} people, now there are ${now}: ${gone} fewer, ${percent} %`;
  if (percent >= LIMIT)
    return {
      state: 'trips',
      ...shown,
      text: `would trip: ${so}. Okta stops at ${LIMIT} % (Provisioning, To Okta, Import Safeguard). If they are meant to go, raise it for this import; else bring them back first`,
    };
  const most = shareOf(Math.min(before, gone + inactive), before);
  if (most >= LIMIT)
    return {
      state: 'may trip',
      ...shown,
      text: `may trip: ${so}. Okta counts deactivated people too, and ${inactive} are inactive: with all of them it would be ${most} %. How many were so at the last import is not kept`,
    };
  return {
    state: 'passes',
    ...shown,
    text: `passes: ${so}, below Okta's ${LIMIT} %. Who went while others came is not seen in these numbers; the org-wide safeguard counts other apps too`,
  };
}
