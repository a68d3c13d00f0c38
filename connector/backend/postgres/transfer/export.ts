import { type Caller, Database, type Session } from '../../../postgres/database.ts';
import { unavailable } from '../../../postgres/postgres-errors.ts';
import type { PostgresSettings } from '../../../postgres/settings.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import type { Exported, ExportOptions } from '../../module/transfer.ts';
import { COLUMNS, type Row } from '../row/row.ts';
import { toResources } from '../row/rows-to-resources.ts';

/** Rows of one statement, and people in memory. */
const STRIDE = 200;
/** Whoever reads what is exported may take his time. Unit: ms. */
const DEADLINE = 3_600_000;

const NEXT = `SELECT ${COLUMNS} FROM scim.resource AS r WHERE r.type = $1 AND r.seq > $2 ORDER BY r.seq LIMIT ${STRIDE}`;

const HASHES = 'SELECT seq, hash FROM scim.password WHERE seq = ANY ($1::bigint[])';

async function* everybody(session: Session, { passwordHashes = false }: ExportOptions): AsyncGenerator<Exported, void> {
  for (const { name: type } of Object.values(TRAITS)) {
    for (let last = 0; ; ) {
      const rows = await session.rows<Row>(NEXT, type, last);
      const seqs = rows.map(([seq]) => seq);
      const hashes = passwordHashes ? await session.rows<readonly [number, string]>(HASHES, seqs) : [];
      const hashOf = new Map(hashes);
      // Memberships travel with the groups. One moment: nothing changes while it is read.
      const resources = await toResources(session, rows, { without: ['groups'] });
      for (const [index, resource] of resources.entries()) {
        const passwordHash = hashOf.get(seqs[index] ?? 0);
        yield { type, ...resource, ...(passwordHash === undefined ? {} : { passwordHash }) };
      }
      last = seqs.at(-1) ?? last;
      if (rows.length < STRIDE) break;
    }
  }
}

/**
 * Everything in the schema, as it is at the first step: users, then groups, each in the order of creation. Connectors are
 * not disturbed, and what is in memory does not depend on how many there are.
 * @throws unavailable
 */
export async function* exportResources(
  settings: PostgresSettings,
  schema: string,
  options: ExportOptions = {},
): AsyncGenerator<Exported, void> {
  const database = new Database(settings, { schema, deadline: DEADLINE });
  const { readable, writable } = new TransformStream<Exported, Exported>();
  const writer = writable.getWriter();
  const caller: Caller = { signal: AbortSignal.timeout(DEADLINE) };
  let isBegun = false;
  const reading = database.transaction(caller, async (session) => {
    if (isBegun) throw unavailable('postgres-unreachable', 'the connection to the database was lost; export again');
    isBegun = true;
    await session.rows('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    for await (const resource of everybody(session, options)) await writer.write(resource);
  });
  const ended = reading.then(
    () => writer.close(),
    (error: unknown) => writer.abort(error),
  );
  try {
    yield* readable;
    await reading;
  } finally {
    await ended.catch(() => undefined);
    await reading.catch(() => undefined);
    await database.close();
  }
}
