import type { Connection } from '../connection/connection.ts';
import { unavailable } from '../connection/sqlite-errors.ts';
import { APPLICATION_ID, SCHEMA } from '../schema/migrations.ts';

/** @returns the file's schema, 0 when it is empty. @throws unavailable  it is another program's, or a later version's */
export function identify(connection: Connection, file: string): number {
  const application = connection.pragma('application_id');
  const schema = connection.pragma('user_version') as number;
  const [objects] = connection.row<readonly [number]>('SELECT count(*) FROM sqlite_schema') ?? [0];
  if (objects === 0 && application === 0 && schema === 0) return 0;
  if (application !== APPLICATION_ID) {
    throw unavailable(
      'database-of-another-program',
      `${file} is a SQLite database of another program; name another file`,
    );
  }
  if (schema > SCHEMA) {
    throw unavailable(
      'database-too-new',
      `${file} was written by a newer version of this connector (schema ${schema}, this version reads up to ${SCHEMA}); install that version`,
    );
  }
  return schema;
}
