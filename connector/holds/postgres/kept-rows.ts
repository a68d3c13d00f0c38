import type { KeptHold } from '../kept-hold.ts';
import type { Hold } from '../ledger.ts';

/** Asks within a transaction, or without one. */
export type AnyRows = <T extends readonly unknown[]>(text: string, ...params: readonly unknown[]) => Promise<T[]>;

const OF_HOLD = 'hold.id, hold.app, hold.kind, hold.scope, hold.text, hold.opened';

type HoldRow = readonly [Hold['id'], Hold['app'], Hold['kind'], Hold['scope'], Hold['text'], Hold['opened']];

type EndRow = readonly [
  beyond: number,
  requests: number,
  ended: number | null,
  outcome: 'released' | 'rejected' | null,
  actor: string | null,
  reason: string | null,
];

const holdOf = ([id, app, kind, scope, text, opened]: HoldRow): Hold => ({ id, app, kind, scope, text, opened });

function keptOf([id, app, kind, scope, text, opened, ...end]: readonly [...HoldRow, ...EndRow]): KeptHold {
  const [beyond, requests, ended, outcome, actor, reason] = end;
  return {
    ...holdOf([id, app, kind, scope, text, opened]),
    beyond,
    requests,
    ...(ended === null ? {} : { ended }),
    ...(outcome === null ? {} : { outcome }),
    ...(actor === null ? {} : { actor }),
    ...(reason === null ? {} : { reason }),
  };
}

const OPEN = `SELECT ${OF_HOLD} FROM scim.hold hold WHERE ended IS NULL`;
const KEPT = `SELECT ${OF_HOLD}, beyond, (SELECT count(*) FROM scim.held WHERE held.hold = hold.id),
  ended, outcome, actor, reason FROM scim.hold hold`;

/** Of all apps. */
export const openHolds = async (rows: AnyRows): Promise<readonly Hold[]> =>
  (await rows<HoldRow>(`${OPEN} ORDER BY id`)).map(holdOf);

export async function openHold(rows: AnyRows, app: string): Promise<Hold | undefined> {
  const [row] = await rows<HoldRow>(`${OPEN} AND app = $1`, app);
  return row && holdOf(row);
}

/** Newest first. */
export const keptHolds = async (rows: AnyRows): Promise<readonly KeptHold[]> =>
  (await rows<readonly [...HoldRow, ...EndRow]>(`${KEPT} ORDER BY id DESC`)).map(keptOf);

export async function keptHold(rows: AnyRows, id: number): Promise<KeptHold | undefined> {
  const [row] = await rows<readonly [...HoldRow, ...EndRow]>(`${KEPT} WHERE id = $1`, id);
  return row && keptOf(row);
}
