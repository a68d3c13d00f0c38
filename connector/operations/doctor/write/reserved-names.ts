import { randomBytes } from 'node:crypto';
import { EXAMINED_PREFIX } from '../../../service/examination.ts';

/** Letters that nobody mistakes for another, in names that compare without case. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const ID_LENGTH = 7;

/** What no other run has, here or elsewhere: 34 bits of chance. */
export const newRunId = (): string =>
  [...randomBytes(ID_LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');

/**
 * The name of something that a run makes: 19 characters, for 20 are the most that `sAMAccountName` takes.
 * @param letter  differs from one thing of a run to the next
 */
export const reservedName = (run: string, letter: string): string => `${EXAMINED_PREFIX}${run}-${letter}`;

/** Names that differ in case only are one, in SCIM as in a directory. */
export const isSameName = (a: unknown, b: string): boolean =>
  typeof a === 'string' && a.toLowerCase() === b.toLowerCase();
