/** A SQLite file with all that a store can keep, and its way into a database of PostgreSQL. */
import Database from 'better-sqlite3';
import type { Arrival } from '../../../connector/backend/module/moving.ts';
import { arriveIn } from '../../../connector/backend/postgres/transfer/arrive.ts';
import { putEntitlements } from '../../../connector/backend/sqlite/entitlements/keep-entitlements.ts';
import { departFrom } from '../../../connector/backend/sqlite/transfer/departure.ts';
import type { Ends } from '../../../connector/operations/move/ends.ts';
import type { PostgresSettings } from '../../../connector/postgres/settings.ts';
import { opened } from '../../backend/sqlite/opened.ts';
import { temporaryFile } from '../../backend/sqlite/temporary-file.ts';
import { call, found } from '../../conformance/company.ts';
import { User } from '../../conformance/people.ts';

/** People with passwords, managers, nested groups, gaps where some were deleted, entitlements, and two who have one name. */
export async function filledFile(): Promise<string> {
  const file = temporaryFile();
  const backend = await opened(file);
  const { users } = await found(backend);
  await backend.create(call, User, { userName: 'with a password', password: 'Correct-Horse-1' });
  const last = await backend.create(call, User, { userName: 'gone' });
  await backend.delete(call, User, last.id);
  await backend.modify(call, User, users[1]?.id ?? '', [{ op: 'set', path: { attribute: 'title' }, value: 'Chief' }]);
  await backend.close();
  await putEntitlements(file, 'License', [
    { id: 'L2', name: 'Full', description: 'Everything' },
    { id: 'l1', name: 'Ärger' },
  ]);
  changed(
    file,
    `INSERT INTO resource (id, type, key, external_key, display, created, modified, version, doc, twin)
     SELECT 'a-twin', type, key, external_key, display, created, modified, 7, doc, 1 FROM resource WHERE seq = 1`,
  );
  return file;
}

/** Past the connector, as nobody should. */
export function changed(file: string, text: string): void {
  const db = new Database(file);
  db.function('name_key', (value) => value);
  db.exec(text);
  db.close();
}

export interface EndsOptions {
  /** Rows that travel together. */
  readonly batch?: number;
  readonly alone?: boolean;
  readonly schema?: string;
  /** Around what people move into. */
  readonly through?: (arrival: Arrival) => Arrival;
}

export async function withEnds<T>(
  file: string,
  settings: PostgresSettings,
  work: (ends: Ends) => Promise<T>,
  { batch, alone = true, schema = 'scim', through = (arrival) => arrival }: EndsOptions = {},
): Promise<T> {
  const departure = departFrom(file, alone, batch);
  try {
    const arrival = await arriveIn(settings, schema, new AbortController().signal);
    try {
      return await work({ departure, arrival: through(arrival) });
    } finally {
      await arrival.close();
    }
  } finally {
    departure.close();
  }
}
