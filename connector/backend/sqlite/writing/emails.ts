import type { Document } from '../../sql/document.ts';
import type { Connection } from '../connection/connection.ts';

/** For filters: the addresses of the document, in a table with an index. */
export function writeEmails(connection: Connection, seq: number, { emails }: Document): void {
  for (const email of emails) connection.run('INSERT INTO email VALUES (?, ?)', email, seq);
}
