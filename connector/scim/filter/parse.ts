import { ScimError } from '../error.ts';
import type { Path } from '../path.ts';
import type { Filter } from './ast.ts';
import { type Grammar, SCIM11, SCIM20 } from './grammar.ts';
import { Parser } from './parser.ts';
import { type Fault, filterFault, found } from './tokens.ts';

/**
 * Text → tree. Names, operators and `and`/`or` in any case; `not` binds tighter than `and`, and `and` than `or`.
 * @throws invalidFilter with the position (1-based) of the first thing that is wrong
 */
export function parseFilter(text: string, grammar: Grammar = SCIM11): Filter<Path> {
  if (text.length > grammar.maxLength)
    throw new ScimError('invalidFilter', `filter: longer than ${grammar.maxLength} characters`, {
      fault: 'filter-invalid',
    });
  return new Parser(text, grammar, filterFault).filter();
}

/** What a change is to be made to (RFC 7644 §3.5.2, figure 1): `attr`, `attr.sub`, `attr[filter]`, `attr[filter].sub`. */
export interface ValuePath {
  /** Of the attribute, with its part where no filter stands in between. */
  readonly path: Path;
  /** Which elements are meant. Its paths are whole: the attribute and its part. */
  readonly filter?: Filter<Path>;
  /** The part of each of these elements. */
  readonly sub?: string;
}

const pathFault: Fault = (problem, position) =>
  new ScimError('invalidPath', `path: ${problem} at position ${position}`, { fault: 'patch-path-invalid' });

/** @throws invalidPath with the position (1-based) of the first thing that is wrong */
export function parseValuePath(text: string): ValuePath {
  if (text.length > SCIM20.maxLength)
    throw new ScimError('invalidPath', `path: longer than ${SCIM20.maxLength} characters`, {
      fault: 'patch-path-invalid',
    });
  const index = /^[^[\s"]+\[\s*\d+\s*\]/.exec(text);
  if (index)
    throw pathFault(
      'elements have no numbers; choose them by a filter, as in emails[type eq "work"],',
      text.indexOf('[') + 1,
    );
  const parser = new Parser(text, SCIM20, pathFault);
  const first = parser.take();
  const path = parser.path(first);
  const chosen = parser.brackets(path, 0);
  const rest = parser.peek();
  if (rest.kind !== 'end') throw pathFault(`expected the end of the path, found ${found(rest)}`, rest.position);
  return { path, ...chosen };
}
