import { createHash } from 'node:crypto';
import { nameKey } from '../../../scim/text.ts';
import { normalDn } from '../directory/dn.ts';
import type { Tree } from '../layout/tree.ts';
import { parseTime } from '../mapping/syntax.ts';

export type Value = string | Buffer;

/** How values are told apart: by every byte, or as the server compares them. */
export type Sameness = 'exact' | 'folded';

/** Enough that no two values of an entry share one. Unit: characters of 6 bits. */
const LENGTH = 16;

const asDn = (text: string): string => {
  try {
    return normalDn(text);
  } catch {
    return text;
  }
};

/** A value as the attribute's own rule takes it (RFC 4517 §4.2), or wider: spellings that a server may make of one are one. */
function folded({ schema, membership }: Tree, key: string, text: string): string {
  const { equality = '', syntax } = schema.get(key) ?? {};
  if (equality === 'distinguishedNameMatch' || (key === membership.key && membership.by === 'dn')) return asDn(text);
  if (equality.startsWith('generalizedTime')) return String(parseTime(text) ?? text);
  if (equality.startsWith('telephoneNumber') || equality.startsWith('numericString')) return text.replace(/[ -]/g, '');
  return syntax === undefined && equality === '' ? text.toLowerCase().trim() : nameKey(text);
}

/**
 * What stands for a value where it must not be read: equal for equal values under one salt.
 * @param key  lower-case name of the attribute
 */
export function digestOf(tree: Tree, salt: string, key: string, value: Value, sameness: Sameness): string {
  const hash = createHash('sha256').update(`${salt}\0${key}\0`);
  if (typeof value !== 'string') hash.update(value);
  else hash.update(sameness === 'exact' ? value : folded(tree, key, value));
  return hash.digest('base64url').slice(0, LENGTH);
}
