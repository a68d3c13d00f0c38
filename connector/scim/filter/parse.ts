import { ScimError, shown } from '../error.ts';
import { type Path, parsePath } from '../path.ts';
import type { Comparison, Filter, Literal } from './ast.ts';

const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'co', 'sw', 'gt', 'ge', 'lt', 'le']);
const SUPPORTED = 'use eq, co, sw, pr, gt, ge, lt or le';
const MAX_DEPTH = 50;
const MAX_LENGTH = 16_384;

interface Token {
  readonly kind: 'word' | 'string' | '(' | ')' | 'end';
  readonly text: string;
  /** 1-based, as people count. */
  readonly position: number;
}

const TOKEN = /\s*(?:(\()|(\))|("(?:[^"\\]|\\.)*")|([^\s()"]+))/gsuy;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) {
      const rest = text.slice(start).trimStart();
      if (rest === '') break;
      throw fault(`the text that starts here has no closing quote`, text.length - rest.length + 1);
    }
    const [whole, open, close, quoted, word] = match;
    const body = open ?? close ?? quoted ?? word ?? '';
    const kind = open ? '(' : close ? ')' : quoted === undefined ? 'word' : 'string';
    tokens.push({ kind, text: body, position: start + whole.length - body.length + 1 });
  }
  tokens.push({ kind: 'end', text: '', position: text.length + 1 });
  return tokens;
}

const fault = (problem: string, position: number): ScimError =>
  new ScimError('invalidFilter', `filter: ${problem} at position ${position}`, { fault: 'filter-invalid' });

const found = ({ kind, text }: Token): string =>
  kind === 'end' ? 'the end' : shown(kind === 'string' ? text.slice(1, -1) : text);

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Filter<Path> {
    const filter = this.#or(0);
    const rest = this.#peek();
    if (rest.kind !== 'end') throw fault(`expected "and", "or" or the end, found ${found(rest)}`, rest.position);
    return filter;
  }

  #peek(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #take(): Token {
    const token = this.#peek();
    if (token.kind !== 'end') this.#next += 1;
    return token;
  }

  #word(text: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'word' || token.text.toLowerCase() !== text) return false;
    this.#next += 1;
    return true;
  }

  #or(depth: number): Filter<Path> {
    const filters = [this.#and(depth)];
    while (this.#word('or')) filters.push(this.#and(depth));
    return filters.length === 1 ? (filters[0] as Filter<Path>) : { kind: 'or', filters };
  }

  #and(depth: number): Filter<Path> {
    const filters = [this.#term(depth)];
    while (this.#word('and')) filters.push(this.#term(depth));
    return filters.length === 1 ? (filters[0] as Filter<Path>) : { kind: 'and', filters };
  }

  #term(depth: number): Filter<Path> {
    const token = this.#take();
    if (token.kind === '(') {
      if (depth >= MAX_DEPTH) throw fault(`more than ${MAX_DEPTH} nested parentheses`, token.position);
      const inner = this.#or(depth + 1);
      const close = this.#take();
      if (close.kind !== ')') throw fault(`expected ")", found ${found(close)}`, close.position);
      return inner;
    }
    if (token.kind !== 'word') throw fault(`expected an attribute name, found ${found(token)}`, token.position);
    if (token.text.toLowerCase() === 'not' && this.#peek().kind === '(') {
      throw fault(`the operator "not" is not supported`, token.position);
    }
    const path = parsePath(token.text);
    if (!path) throw fault(`${found(token)} is not an attribute name`, token.position);
    return this.#expression(path);
  }

  #expression(path: Path): Filter<Path> {
    const operator = this.#take();
    if (operator.kind !== 'word') {
      throw fault(`expected an operator, found ${found(operator)}`, operator.position);
    }
    const op = operator.text.toLowerCase();
    if (op === 'pr') return { kind: 'present', path };
    if (!COMPARISONS.has(op)) {
      throw fault(`the operator ${found(operator)} is not supported (${SUPPORTED})`, operator.position);
    }
    return { kind: 'compare', path, op: op as Comparison, value: literal(this.#take(), path) };
  }
}

function literal(token: Token, { name }: Path): Literal {
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
  if (/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/.test(word) && Number.isFinite(Number(word))) return Number(word);
  const hint = token.kind === 'word' ? ' (text needs double quotes)' : '';
  throw fault(`expected a value, found ${seen}${hint}`, token.position);
}

/**
 * Text → tree. Names, operators and `and`/`or` in any case; `and` binds tighter than `or`.
 * @throws invalidFilter with the position (1-based) of the first thing that is wrong
 */
export function parseFilter(text: string): Filter<Path> {
  if (text.length > MAX_LENGTH)
    throw new ScimError('invalidFilter', `filter: longer than ${MAX_LENGTH} characters`, { fault: 'filter-invalid' });
  return new Parser(tokenize(text)).parse();
}
