import { ScimError, shown } from '../error.ts';

export interface Token {
  readonly kind: 'word' | 'string' | '(' | ')' | '[' | ']' | 'end';
  readonly text: string;
  /** 1-based, as people count. */
  readonly position: number;
}

/** What is wrong, and where. */
export type Fault = (problem: string, position: number) => ScimError;

export const filterFault: Fault = (problem, position) =>
  new ScimError('invalidFilter', `filter: ${problem} at position ${position}`, { fault: 'filter-invalid' });

const PLAIN = /\s*(?:([()])|("(?:[^"\\]|\\.)*")|([^\s()"]+))/gsuy;
const BRACKETED = /\s*(?:([()[\]])|("(?:[^"\\]|\\.)*")|([^\s()[\]"]+))/gsuy;

/** @param brackets  whether they are signs, and not letters of a name */
export function tokenize(text: string, brackets: boolean, fault: Fault): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = brackets ? BRACKETED : PLAIN;
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) {
      const rest = text.slice(start).trimStart();
      if (rest === '') break;
      throw fault(`the text that starts here has no closing quote`, text.length - rest.length + 1);
    }
    const [whole, sign, quoted, word] = match;
    const body = sign ?? quoted ?? word ?? '';
    const kind = (sign as Token['kind'] | undefined) ?? (quoted === undefined ? 'word' : 'string');
    tokens.push({ kind, text: body, position: start + whole.length - body.length + 1 });
  }
  tokens.push({ kind: 'end', text: '', position: text.length + 1 });
  return tokens;
}

/** A token for an error text. */
export const found = ({ kind, text }: Token): string =>
  kind === 'end' ? 'the end' : shown(kind === 'string' ? text.slice(1, -1) : text);
