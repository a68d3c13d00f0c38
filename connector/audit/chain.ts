import { createHmac, hash, type KeyObject } from 'node:crypto';

/** A row as it is stored. */
export interface ChainRow {
  readonly seq: number;
  /** Unit: ms since 1970. */
  readonly time: number;
  readonly app: string;
  /** JSON of an `AuditEntry`. */
  readonly doc: string;
  /** Name of the key that the hash was made with. */
  readonly key: string;
  /** Hash of the entry before; empty in the first. */
  readonly prev: string;
  readonly hash: string;
}

/** Tells keys apart without telling anything of them. */
export const keyName = (key: Buffer): string => hash('sha256', key).slice(0, 8);

/**
 * HMAC-SHA256 over all else in the row: only who has the key can make another chain of it.
 * @param key  made once for many rows: making it takes several times what the hash does
 */
export const hashOf = (key: KeyObject, { seq, time, app, doc, key: name, prev }: Omit<ChainRow, 'hash'>): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([seq, time, app, name, prev, doc]))
    .digest('base64url');
