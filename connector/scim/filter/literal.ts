import type { Path } from '../path.ts';
import type { Literal } from './ast.ts';
import type { Grammar } from './grammar.ts';
import { type Fault, found, type Token } from './tokens.ts';

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/;

/** What a word that is no value may have been meant to be. */
function hint({ kind, text }: Token, { brackets }: Grammar): string {
  if (kind !== 'word') return '';
  // The texts of 1.1 stay what they are.
  if (brackets && text.startsWith("'")) return ' (text needs double quotes, not single ones)';
  if (brackets && /^[“”„«»‘’]/.test(text)) return ' (text needs straight double quotes)';
  return ' (text needs double quotes)';
}

/** JSON's, with `true`, `false` and `null` in any case. @throws what `fault` makes of it */
export function literal(token: Token, { name }: Path, grammar: Grammar, fault: Fault): Literal | null {
  // Nobody may filter by it, and an error text is no place for it either.
  const seen = name.toLowerCase() === 'password' ? 'something else' : found(token);
  if (token.kind === 'string') {
    try {
      return JSON.parse(token.text) as string;
    } catch {
      throw fault(`${seen} is not a valid JSON string`, token.position);
    }
  }
  const word = token.kind === 'word' ? token.text.toLowerCase() : '';
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'null' && grammar.nullLiteral) return null;
  if (NUMBER.test(word) && Number.isFinite(Number(word))) return Number(word);
  throw fault(`expected a value, found ${seen}${hint(token, grammar)}`, token.position);
}
