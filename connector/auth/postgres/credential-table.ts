import type { Caller, Database, Session } from '../../postgres/database.ts';
import type { Credential } from '../credentials/credential.ts';

type Row = readonly [version: number, now: number, doc: string | null];

/** All credentials as they were together at one moment. */
export interface CredentialList {
  /** Another one whenever they have changed. */
  readonly version: number;
  readonly credentials: readonly Credential[];
  /** By the clock of the database. Unit: ms since 1970. */
  readonly now: number;
}

/** Another one whenever they have changed, and what time it is. */
export async function readVersion(
  database: Database,
  caller: Caller,
): Promise<readonly [version: number, now: number]> {
  const [found] = await database.rows<readonly [number, number]>(
    caller,
    'SELECT version, scim.now_ms() FROM scim.credential_version',
  );
  return found ?? [0, Date.now()];
}

export async function readCredentials(database: Pick<Session, 'rows'>): Promise<CredentialList> {
  const rows = await database.rows<Row>(
    'SELECT v.version, scim.now_ms(), c.doc FROM scim.credential_version v LEFT JOIN scim.credential c ON true ORDER BY c.seq',
  );
  const [version = 0, now = Date.now()] = rows[0] ?? [];
  const credentials = rows.flatMap(([, , doc]): readonly Credential[] => (doc === null ? [] : [JSON.parse(doc)]));
  return { version, credentials, now };
}

/** When each was accepted last, by whichever connector: name → ISO 8601, UTC. */
export async function readUse(database: Pick<Session, 'rows'>): Promise<ReadonlyMap<string, string>> {
  const rows = await database.rows<readonly [string, number]>('SELECT name, used FROM scim.credential_use');
  return new Map(rows.map(([name, used]) => [name, new Date(used).toISOString()]));
}

/**
 * Replaces all of them by what `next` makes of them, while nobody else changes them. `next` may be asked again.
 * @param next  its second argument is the time by the clock of the database. Unit: ms since 1970
 */
export function changeCredentials(
  database: Database,
  caller: Caller,
  next: (all: readonly Credential[], now: number) => readonly Credential[],
): Promise<void> {
  return database.transaction(caller, async (session) => {
    await session.rows('SELECT version FROM scim.credential_version FOR UPDATE');
    const { credentials: before, now } = await readCredentials(session);
    const after = next(before, now);
    const gone = before.filter((one) => !after.includes(one)).map(({ name }) => name);
    const added = after.filter((one) => !before.includes(one));
    if (gone.length === 0 && added.length === 0) return;
    await session.run('DELETE FROM scim.credential WHERE name = ANY($1::text[])', gone);
    await session.run('DELETE FROM scim.credential_use WHERE name = ANY($1::text[])', gone);
    for (const one of added)
      await session.run('INSERT INTO scim.credential (name, doc) VALUES ($1, $2::json)', one.name, JSON.stringify(one));
    await session.run('UPDATE scim.credential_version SET version = version + 1');
  });
}
