import { createHash } from 'node:crypto';
import type { Share } from '../share.ts';

/** Beyond it a text is known by its digest: an entry of an index has its bounds. Unit: characters. */
const LONGEST = 200;

/** Of an id, whatever a store calls its people by. NUL is no character of PostgreSQL's. */
export const shortKey = (text: string): string =>
  text.length <= LONGEST && !text.includes('\0') && text.isWellFormed()
    ? text
    : `sha256:${createHash('sha256').update(text).digest('base64url')}`;

/** A share as it is stored. */
export const shortShare = ({ kind, scope, key, amount }: Share): Share => ({
  kind,
  scope: shortKey(scope),
  key: shortKey(key),
  amount,
});

/** As it can be stored, where it is for people to read. */
export const storable = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed();
