import type { Session } from '../../postgres/session.ts';
import { shortKey } from '../../postgres/storable.ts';
import type { Tally } from '../judgement.ts';
import type { Asked, Hold } from '../ledger.ts';
import type { Kind } from '../limits.ts';
import type { Share } from '../share.ts';
import { shortShare } from './short-share.ts';
import { sumSince } from './sums.ts';

/** What is looked at and counted: shares, and how large a group was. */
interface Line extends Omit<Share, 'kind'> {
  readonly kind: Kind | 'size';
}

type Row = readonly [
  now: number,
  id: number | null,
  holdKind: Hold['kind'],
  holdScope: string,
  text: string,
  opened: number,
  kind: Line['kind'],
  scope: string,
  key: string,
  outcome: 'released' | 'rejected' | null,
  verdictHold: number,
  sum: number,
  own: number | null,
];

const LINES = 'json_to_recordset($2::json) AS line(kind text, scope text, key text, amount bigint)';
const IS_IT = 'it.app = $1 AND it.kind = line.kind AND it.scope = line.scope';

const LOOK = `WITH moment AS MATERIALIZED (SELECT scim.now_ms() AS now)
  SELECT moment.now, hold.id, hold.kind, hold.scope, hold.text, hold.opened, line.kind, line.scope, line.key,
    verdict.outcome, verdict.hold,
    ${sumSince('moment.now - $3', IS_IT)},
    (SELECT it.amount FROM scim.hold_event it WHERE ${IS_IT} AND it.key = line.key AND it.at > moment.now - $3)
  FROM moment CROSS JOIN ${LINES}
  LEFT JOIN scim.hold hold ON hold.app = $1 AND hold.ended IS NULL
  LEFT JOIN scim.hold_verdict verdict ON verdict.app = $1 AND verdict.kind = line.kind AND verdict.scope = line.scope
    AND verdict.key = line.key AND verdict.until > moment.now`;

/** Nobody waits for the disk: a power cut may lose what was counted last, by a few. What lasts is waited for. */
const COUNT = `WITH easy AS MATERIALIZED (SELECT set_config('synchronous_commit', CASE WHEN $4 THEN current_setting('synchronous_commit') ELSE 'off' END, true))
  INSERT INTO scim.hold_event AS it (app, kind, scope, key, amount, claims, at)
  SELECT $1, line.kind, line.scope, line.key, line.amount, 1, $3 FROM easy, ${LINES}
  ON CONFLICT (app, kind, scope, key) DO UPDATE
    SET claims = it.claims + 1, amount = excluded.amount, at = greatest(it.at, excluded.at)`;

const nameOf = ({ kind, scope, key }: Omit<Line, 'amount'>): string => JSON.stringify([kind, scope, key]);

const sizeLine = (group: string, amount: number): Line => ({
  kind: 'size',
  scope: shortKey(group),
  key: shortKey(group),
  amount,
});

/** All that may be asked of the tally for these shares. */
function linesOf(shares: readonly Share[]): readonly Line[] {
  const groups = shares.filter(({ kind }) => kind === 'removals').map(({ scope }) => scope);
  return [
    ...shares.map(shortShare),
    ...groups.map((group) => shortShare({ kind: 'emptied_groups', scope: 'groups', key: group, amount: 1 })),
    ...groups.map((group) => sizeLine(group, 0)),
  ];
}

/** What is known of an app at one moment. */
export interface Moment {
  /** Unit: ms since 1970. */
  readonly now: number;
  readonly hold: Hold | undefined;
  readonly tally: Tally;
  /** Sizes of groups that are to be remembered. */
  readonly sizes: readonly Line[];
}

/** After `lockApp`, which need not be waited for. */
export async function lookAt(session: Session, { app, shares, limits }: Asked): Promise<Moment> {
  const rows = await session.rows<Row>(LOOK, app, JSON.stringify(linesOf(shares)), limits.window);
  const found = new Map(rows.map((row) => [nameOf({ kind: row[6], scope: row[7], key: row[8] }), row]));
  const at = (line: Omit<Line, 'amount'>): Row | undefined => found.get(nameOf(line));
  const [now = 0, id = null, kind = 'ordered', scope = '', text = '', opened = 0] = rows[0] ?? [];
  const sizes: Line[] = [];
  return {
    now,
    hold: id === null ? undefined : { id, app, kind, scope, text, opened },
    sizes,
    tally: {
      verdict: (share) => {
        const row = at(shortShare(share));
        return row?.[9] ? { outcome: row[9], hold: row[10] } : undefined;
      },
      sum: (share) => at(shortShare(share))?.[11] ?? 0,
      own: (share) => at(shortShare(share))?.[12] ?? 0,
      size: (group) => at(sizeLine(group, 0))?.[12] ?? undefined,
      sized: (group, size) => {
        sizes.push(sizeLine(group, size));
      },
    },
  };
}

export interface Counting {
  /** Unit: ms since 1970. */
  readonly now: number;
  /** Whether the transaction does more than count. */
  readonly isLasting: boolean;
}

export async function count(
  session: Session,
  app: string,
  lines: readonly Line[],
  { now, isLasting }: Counting,
): Promise<void> {
  if (lines.length > 0) await session.run(COUNT, app, JSON.stringify(lines), now, isLasting);
}
