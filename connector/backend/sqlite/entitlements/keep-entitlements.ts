import { statSync } from 'node:fs';
import { notFound, ScimError, shown } from '../../../scim/error.ts';
import { fold } from '../../../scim/text.ts';
import type { Definition, KeptCounts } from '../../module/entitlement-keeping.ts';
import { Connection } from '../connection/connection.ts';
import { inFile } from '../connection/sqlite-errors.ts';
import { identify } from '../file/identify.ts';
import { OpenStore } from '../open-store.ts';
import { SCHEMA } from '../schema/migrations.ts';

/** How long somebody else's transaction is waited for. Unit: ms. */
const PATIENCE = 10_000;

/** A file that is new, or of an older version, is made what it has to be; nobody else may have it open then. */
async function prepare(file: string): Promise<void> {
  if (statSync(file, { throwIfNoEntry: false })?.size) {
    const connection = new Connection(file, { readonly: true });
    try {
      if (identify(connection, file) === SCHEMA) return;
    } finally {
      connection.close();
    }
  }
  OpenStore.open(file).close();
}

/** One transaction beside a connector that has the file open: it waits for us as for any program. @throws unavailable */
async function changing<T>(file: string, work: (connection: Connection) => T): Promise<T> {
  try {
    await prepare(file);
    const connection = new Connection(file, { timeout: PATIENCE });
    try {
      connection.pragma('synchronous = FULL');
      return connection.db.transaction(() => work(connection)).immediate();
    } finally {
      connection.close();
    }
  } catch (error) {
    throw inFile(file, error);
  }
}

const PUT = `
INSERT INTO entitlement (type, id, name, key, description, created, modified) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (type, id) DO UPDATE
  SET name = excluded.name, key = excluded.key, description = excluded.description, modified = excluded.modified
  WHERE name <> excluded.name OR description IS NOT excluded.description`;

/** @throws unavailable */
export const putEntitlements = (file: string, type: string, definitions: readonly Definition[]): Promise<KeptCounts> =>
  changing(file, (connection) => {
    const now = Date.now();
    const there = new Set(
      connection.rows<readonly [string]>('SELECT id FROM entitlement WHERE type = ?', type).map(([id]) => id),
    );
    let changed = 0;
    for (const { id, name, description } of definitions) {
      const { changes } = connection.run(PUT, type, id, name, fold(name), description ?? null, now, now);
      if (changes > 0 && there.has(id)) changed += 1;
    }
    const added = definitions.filter(({ id }) => !there.has(id)).length;
    return { added, changed, unchanged: definitions.length - added - changed };
  });

const HOLDERS = `
SELECT count(DISTINCT r.seq) FROM resource AS r, json_each(r.doc, ?) AS e
WHERE r.type = 'User' AND json_extract(e.value, '$.value') = ? AND coalesce(json_extract(e.value, '$.type'), ?) = ?`;

/** People who have it. The whole table is read: this is a command's, never a request's. */
function holders(connection: Connection, type: string, id: string): number {
  const count = (path: string): number => connection.row<readonly [number]>(HOLDERS, path, id, type, type)?.[0] ?? 0;
  return count('$.entitlements') + count('$.roles');
}

/** @throws conflict, notFound, unavailable */
export const removeEntitlements = (file: string, type: string, ids: readonly string[]): Promise<void> =>
  changing(file, (connection) => {
    for (const id of ids) {
      const people = holders(connection, type, id);
      if (people > 0) {
        const text = `${type} ${shown(id)}: ${people} ${people === 1 ? 'person has' : 'people have'} it; take it away in Okta first`;
        throw new ScimError('conflict', text, { fault: 'entitlement-in-use' });
      }
      const { changes } = connection.run('DELETE FROM entitlement WHERE type = ? AND id = ?', type, id);
      if (changes === 0) throw notFound(type, id);
    }
  });
