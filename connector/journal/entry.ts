import { randomBytes } from 'node:crypto';
import { aboutKeys } from './about.ts';
import type { JournalRecord } from './record.ts';

/** A record as it is stored: its values as `[journal] values` wants them. */
export interface Entry {
  /** Whose name it is for ever, so that carrying it a second time finds it there. References come again after some millions. */
  readonly key: string;
  /** By what somebody may look for it, as `aboutKey` has it. */
  readonly about: readonly string[];
  readonly record: JournalRecord;
  /**
   * Of an operation whose writes were announced. `over`: nothing is left to find out about them. `open`: what became of one
   * is not known, and the record is going to be replaced.
   */
  readonly announced?: 'over' | 'open';
}

const OURS = randomBytes(9).toString('base64url');
let given = 0;

/** A key that no other record has, of this process or another; later ones sort behind. */
export function newKey(): string {
  given += 1;
  return `${OURS}.${given.toString(36).padStart(8, '0')}`;
}

/** @param key  of an operation that was told of before; by default a new one */
export const entryOf = (record: JournalRecord, key = newKey()): Entry => ({ key, about: aboutKeys(record), record });

/** An entry as the text of an outbox's item. */
export const writeEntry = ({ key, about, record }: Entry): string => JSON.stringify([key, about, record]);

/** @throws Error the text is none of ours */
export function readEntry(text: string): Entry {
  const [key, about, record] = JSON.parse(text) as [string, readonly string[], JournalRecord];
  if (typeof key !== 'string' || !Array.isArray(about) || typeof record?.ref !== 'string')
    throw new Error('an item of an outbox is no record');
  return { key, about, record };
}
