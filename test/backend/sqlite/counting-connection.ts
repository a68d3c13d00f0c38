import { Connection, type Statement } from '../../../connector/backend/sqlite/connection/connection.ts';

/** Remembers what it is asked. */
export class CountingConnection extends Connection {
  readonly statements: string[] = [];

  override prepare(text: string): Statement {
    this.statements.push(text);
    return super.prepare(text);
  }
}
