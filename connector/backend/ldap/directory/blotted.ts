import { namingsOf } from './dn.ts';
import { type Operation, writtenValues } from './operation.ts';

/** Not a person's. */
const COMMON: ReadonlySet<string> = new Set(['objectclass', 'useraccountcontrol']);

/** `RegExp.escape`, which the language level of this project does not know yet. */
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

const hex = (character: string): string => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** A value as servers quote it: plain, in a filter (RFC 4515 §3), in a DN (RFC 4514 §2.4). */
const spellings = (value: string): readonly string[] => [
  value,
  value.replace(/[\\*()\0]/g, hex),
  value.replace(/[,+"\\<>;=#]/g, (character) => `\\${character}`),
  value.replace(/[,+"\\<>;=#]/g, hex),
];

function namedBy(operation: Operation): readonly string[] {
  const names = [operation.dn, ...(operation.kind === 'rename' ? [operation.rdn] : [])];
  return names.flatMap((name) => namingsOf(name).map(({ value }) => value));
}

function valuesOf(operation: Operation): readonly string[] {
  const written = writtenValues(operation)
    .filter(([attribute]) => !COMMON.has(attribute.toLowerCase()))
    .flatMap(([, values]) => values);
  return [...written.filter((value) => typeof value === 'string'), ...namedBy(operation)];
}

/** A server's words on one line, without the values that it was sent: fit for a log that may leave the house. */
export function blotted(diagnostic: string, operation?: Operation): string {
  const words = diagnostic.replace(/\s+/g, ' ').trim();
  if (operation === undefined || words === '') return words;
  const values = new Set(valuesOf(operation).flatMap(spellings));
  values.delete('');
  // The longest first: one may be a part of another.
  const pattern = [...values]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join('|');
  if (pattern === '') return words;
  return words.replace(new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'giu'), '…');
}
