import type { Comparison } from '../../../scim/filter/ast.ts';
import { successor } from '../../sql/successor.ts';

/** NUL and halves of a surrogate pair: no text of PostgreSQL has them. */
const UNSTORABLE = /[\0\p{Cs}]/u;

/** A comparison that means the same for all texts without such characters; or whether it holds for all or none of them. */
export type Stead = { readonly op: Comparison; readonly text: string } | boolean;

/**
 * What stands for a comparison with `text`, which may hold what no stored text does: nothing is equal to it or has it
 * as a part, and in the order of code points it lies between others.
 */
export function inStead(op: Comparison, text: string): Stead {
  const { 0: character, index = 0 } = UNSTORABLE.exec(text) ?? {};
  if (character === undefined) return { op, text };
  if (op === 'eq' || op === 'co' || op === 'sw' || op === 'ew') return false;
  const before = text.slice(0, index);
  const isLess = op === 'lt' || op === 'le';
  // Whatever begins so lies behind it, and nothing before.
  if (character === '\0') return { op: isLess ? 'le' : 'gt', text: before };
  const half = character.charCodeAt(0);
  const first = half < 0xdc00 ? before + String.fromCharCode(half, 0xdc00) : successor(before);
  return first === undefined ? isLess : { op: isLess ? 'lt' : 'ge', text: first };
}
