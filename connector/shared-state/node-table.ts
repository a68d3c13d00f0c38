import type { Caller, Database, Session } from '../postgres/database.ts';
import { type LiveNode, NODE_LIFE, type NodeApp } from './live-node.ts';

/** Those that start or read their configuration anew do so one after the other. The number has no meaning but to be ours. */
const LOCK = 0x53434e44;

/** Unit: ms. */
const FORGOTTEN = 30 * 86_400_000;

const COLUMNS = 'n.id, n.run, n.name, n.version, n.started, n.seen, n.apps';
const IS_LIVE = `n.seen > scim.now_ms() - ${NODE_LIFE}`;

type Row = readonly [
  id: string,
  run: string,
  name: string,
  version: string,
  started: number,
  seen: number,
  apps: string,
];

const nodeOf = ([id, run, name, version, started, seen, apps]: Row): LiveNode => ({
  ...{ id, run, name, version, started, seen },
  apps: JSON.parse(apps),
});

/** What a connector tells of itself. */
export type Told = Pick<LiveNode, 'id' | 'run' | 'name' | 'version'>;

/** How the nodes stand after one has told of itself. */
export interface Heard {
  readonly self: LiveNode;
  /** All others that live. */
  readonly others: readonly LiveNode[];
}

/** Another process tells of itself under the same id. */
export class NodeIdTwice extends Error {}

const liveNodes = async (session: Session): Promise<readonly LiveNode[]> =>
  (await session.rows<Row>(`SELECT ${COLUMNS} FROM scim.node n WHERE ${IS_LIVE} ORDER BY n.started, n.id`)).map(nodeOf);

/** Every connector that lives. */
export const readNodes = (database: Database, caller: Caller): Promise<readonly LiveNode[]> =>
  database.transaction(caller, liveNodes);

/**
 * Tells the mapping of every app: at the start, and whenever it may have changed.
 * @param isStart  of this process
 * @param apps  `since` is made here: an app that is as it was keeps it
 * @throws NodeIdTwice, unavailable
 */
export function tellMapping(
  database: Database,
  caller: Caller,
  told: Told,
  apps: Readonly<Record<string, Omit<NodeApp, 'since'>>>,
  isStart: boolean,
): Promise<Heard> {
  return database.transaction(caller, async (session) => {
    await session.rows('SELECT pg_advisory_xact_lock($1)', LOCK);
    const [[now] = [0]] = await session.rows<readonly [number]>('SELECT scim.now_ms()');
    const live = await liveNodes(session);
    const before = live.find(({ id }) => id === told.id);
    // At a start it is what a process has left that was killed; one that lives finds out, and says so.
    if (before && before.run !== told.run && !isStart) throw new NodeIdTwice();
    const dated = Object.entries(apps).map(([name, app]): readonly [string, NodeApp] => {
      const was = before?.apps[name];
      return [name, { ...app, since: was?.digest === app.digest ? was.since : now }];
    });
    const self = {
      ...told,
      started: before?.run === told.run ? before.started : now,
      seen: now,
      apps: Object.fromEntries(dated),
    };
    await session.run(`DELETE FROM scim.node WHERE seen < scim.now_ms() - ${FORGOTTEN}`);
    await session.run(
      `INSERT INTO scim.node (id, run, name, version, started, seen, apps) VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb)
ON CONFLICT (id) DO UPDATE SET run = excluded.run, name = excluded.name, version = excluded.version,
  started = excluded.started, seen = excluded.seen, apps = excluded.apps`,
      ...[self.id, self.run, self.name, self.version, self.started, self.seen, JSON.stringify(self.apps)],
    );
    return { self, others: live.filter(({ id }) => id !== told.id) };
  });
}

/** Still there. @returns undefined where it has to tell its mapping again: it was taken for gone, or another has its id */
export async function tellLife(
  database: Database,
  caller: Caller,
  { id, run }: Told,
): Promise<readonly LiveNode[] | undefined> {
  const rows = await database.rows<readonly [told: number, ...Row] | readonly [told: number, id: null]>(
    caller,
    `WITH own AS (UPDATE scim.node SET seen = scim.now_ms() WHERE id = $1 AND run = $2 RETURNING 1)
SELECT (SELECT count(*) FROM own), ${COLUMNS}
FROM (SELECT 1) one LEFT JOIN scim.node n ON n.id <> $1 AND ${IS_LIVE} ORDER BY n.started, n.id`,
    id,
    run,
  );
  if (rows[0]?.[0] !== 1) return undefined;
  return rows.flatMap((row) => (row[1] === null ? [] : [nodeOf(row.slice(1) as unknown as Row)]));
}

/** Gone on purpose: others need not wait until it counts as gone. */
export const tellEnd = (database: Database, caller: Caller, { id, run }: Told): Promise<number> =>
  database.run(caller, 'DELETE FROM scim.node WHERE id = $1 AND run = $2', id, run);
