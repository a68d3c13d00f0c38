import { createHash } from 'node:crypto';

/** Beyond it a text is known by its digest: an entry of an index has its bounds. Unit: characters. */
const LONGEST = 200;

const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** A key, whatever somebody else calls his things by. NUL and half characters are none of PostgreSQL's. */
export const shortKey = (text: string): string =>
  text.length <= LONGEST && isStorable(text) ? text : `sha256:${createHash('sha256').update(text).digest('base64url')}`;

/** As it can be stored, where it is for people to read. */
export const storable = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed();
