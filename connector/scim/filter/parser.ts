import { type Path, parsePath } from '../path.ts';
import type { Comparison, Filter } from './ast.ts';
import type { Grammar } from './grammar.ts';
import { literal } from './literal.ts';
import { type Fault, found, type Token, tokenize } from './tokens.ts';

const negated = (filter: Filter<Path>): Filter<Path> => ({ kind: 'not', filter });

/** One comparison, and whether it is meant the other way round. */
interface Expression {
  readonly filter: Filter<Path>;
  readonly isNegated: boolean;
}

/** Reads tokens from left to right, by a grammar. */
export class Parser {
  readonly #tokens: readonly Token[];
  readonly #grammar: Grammar;
  readonly #fault: Fault;
  #next = 0;
  #terms = 0;

  constructor(text: string, grammar: Grammar, fault: Fault) {
    this.#tokens = tokenize(text, grammar.brackets, fault);
    this.#grammar = grammar;
    this.#fault = fault;
  }

  /** The whole text as a filter. */
  filter(): Filter<Path> {
    const filter = this.#or(0);
    this.end('"and", "or" or the end');
    return filter;
  }

  peek(): Token {
    return this.#tokens[this.#next] as Token;
  }

  take(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#next += 1;
    return token;
  }

  /** @param expected  what else might have stood here */
  end(expected: string): void {
    const rest = this.peek();
    if (rest.kind !== 'end') throw this.#fault(`expected ${expected}, found ${found(rest)}`, rest.position);
  }

  path(token: Token): Path {
    if (token.kind !== 'word') throw this.#fault(`expected an attribute name, found ${found(token)}`, token.position);
    const path = parsePath(token.text);
    if (!path) throw this.#fault(`${found(token)} is not an attribute name`, token.position);
    return path;
  }

  /** What follows the name of a list in brackets; nothing where no bracket follows. */
  brackets(path: Path, depth: number): { readonly filter: Filter<Path>; readonly sub?: string } | undefined {
    const open = this.peek();
    if (open.kind !== '[') return undefined;
    if (path.sub !== undefined) throw this.#fault(`"[" follows the name of a list, not of a part`, open.position);
    this.take();
    const filter = this.#within(open, ']', depth, path);
    const next = this.peek();
    const previous = this.#tokens[this.#next - 1];
    if (next.kind !== 'word' || !next.text.startsWith('.') || next.position !== (previous?.position ?? 0) + 1)
      return { filter };
    this.take();
    const sub = next.text.slice(1);
    if (!/^[^:.]+$/.test(sub)) throw this.#fault(`${found(next)} is not the name of a part`, next.position);
    return { filter, sub };
  }

  #word(text: string): boolean {
    const token = this.peek();
    if (token.kind !== 'word' || token.text.toLowerCase() !== text) return false;
    this.#next += 1;
    return true;
  }

  #or(depth: number, list?: Path): Filter<Path> {
    const filters = [this.#and(depth, list)];
    while (this.#word('or')) filters.push(this.#and(depth, list));
    return filters.length === 1 ? (filters[0] as Filter<Path>) : { kind: 'or', filters };
  }

  #and(depth: number, list?: Path): Filter<Path> {
    const filters = [this.#term(depth, list)];
    while (this.#word('and')) filters.push(this.#term(depth, list));
    return filters.length === 1 ? (filters[0] as Filter<Path>) : { kind: 'and', filters };
  }

  /** @param list  whose elements it is about, inside brackets */
  #within(open: Token, end: ')' | ']', depth: number, list: Path | undefined): Filter<Path> {
    const { maxDepth, brackets } = this.#grammar;
    const nested = brackets ? 'parentheses and brackets within one another' : 'nested parentheses';
    if (depth >= maxDepth) throw this.#fault(`more than ${maxDepth} ${nested}`, open.position);
    const inner = this.#or(depth + 1, list);
    const close = this.take();
    if (close.kind !== end) throw this.#fault(`expected "${end}", found ${found(close)}`, close.position);
    return inner;
  }

  #term(depth: number, list?: Path): Filter<Path> {
    const token = this.take();
    if (token.kind === '(') return this.#within(token, ')', depth, list);
    if (token.kind === 'word' && token.text.toLowerCase() === 'not' && this.#isNegation()) {
      if (!this.#grammar.negation) throw this.#fault(`the operator "not" is not supported`, token.position);
      const open = this.take();
      if (open.kind !== '(') throw this.#fault('"not" needs parentheses, as in not (title pr),', token.position);
      return negated(this.#within(open, ')', depth, list));
    }
    const path = this.path(token);
    if (list) return written(this.#expression(this.#part(list, path, token)));
    const brackets = this.#grammar.brackets ? this.brackets(path, depth) : undefined;
    if (!brackets) return written(this.#expression(path));
    const { filter, sub } = brackets;
    if (sub === undefined) return { kind: 'some', path, filter };
    const { filter: more, isNegated } = this.#expression({ ...path, sub });
    return written({ filter: { kind: 'some', path, filter: { kind: 'and', filters: [filter, more] } }, isNegated });
  }

  /** An attribute may be called "not" as well. */
  #isNegation(): boolean {
    const next = this.peek();
    if (next.kind === '(' || !this.#grammar.negation) return next.kind === '(';
    const word = next.text.toLowerCase();
    return next.kind === 'word' && word !== 'pr' && !this.#grammar.comparisons.has(word);
  }

  #part(list: Path, { urn, name, sub }: Path, token: Token): Path {
    if (urn !== undefined || sub !== undefined || this.peek().kind === '[') {
      throw this.#fault(
        `inside [ ] name a part of ${list.name} alone, such as value, found ${found(token)}`,
        token.position,
      );
    }
    return { ...list, sub: name };
  }

  #expression(path: Path): Expression {
    const operator = this.take();
    if (operator.kind !== 'word') {
      throw this.#fault(`expected an operator, found ${found(operator)}`, operator.position);
    }
    this.#terms += 1;
    const { comparisons, use, maxTerms } = this.#grammar;
    if (this.#terms > maxTerms) throw this.#fault(`more than ${maxTerms} comparisons`, operator.position);
    const op = operator.text.toLowerCase();
    if (op === 'pr') return { filter: { kind: 'present', path }, isNegated: false };
    if (!comparisons.has(op)) {
      throw this.#fault(`the operator ${found(operator)} is not supported (${use})`, operator.position);
    }
    const token = this.take();
    const value = literal(token, path, this.#grammar, this.#fault);
    const isNegated = op === 'ne';
    if (value === null) {
      if (op !== 'eq' && op !== 'ne') throw this.#fault('null is compared by eq or ne', token.position);
      return { filter: { kind: 'present', path }, isNegated: op === 'eq' };
    }
    return { filter: { kind: 'compare', path, op: isNegated ? 'eq' : (op as Comparison), value }, isNegated };
  }
}

const written = ({ filter, isNegated }: Expression): Filter<Path> => (isNegated ? negated(filter) : filter);
