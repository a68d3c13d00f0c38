import type { Filter } from 'ldapts';
import type { IndexState } from '../../module/filter-explanation.ts';
import { type Finding, ok, warning } from '../../module/finding.ts';
import { foldTerms, type Term, termsOf } from '../directory/filter-terms.ts';
import { type IndexKind, REMEDIES } from '../examination/remedies.ts';
import type { ServerIndexes } from '../examination/server-indexes.ts';
import type { Tree } from '../layout/tree.ts';

/** What the indexes of a server make of a filter. */
export interface IndexVerdict {
  readonly indexes: readonly IndexState[];
  readonly finding: Finding;
  readonly remedies: readonly string[];
}

/** Everybody has one. */
const isEverybodys = ({ attribute, match }: Term): boolean => match === 'pres' || /^objectclass$/i.test(attribute);

type Served = boolean | undefined;

/** One indexed term of an `and` is enough, of an `or` all must be. Nothing where it is not known. */
function served(filter: Filter, indexes: ServerIndexes | undefined): Served {
  const all = (parts: readonly Served[], enough: boolean): Served => {
    if (parts.includes(enough)) return enough;
    return parts.includes(undefined) ? undefined : !enough;
  };
  return foldTerms<Served>(filter, {
    term: (term) => (isEverybodys(term) ? false : indexes?.serves(term)),
    and: (parts) => all(parts, true),
    or: (parts) => all(parts, false),
    other: () => false,
  });
}

const stateOf = (indexes: ServerIndexes | undefined, term: Term): IndexState['state'] =>
  indexes === undefined ? 'unknown' : indexes.serves(term) ? 'indexed' : 'missing';

/** Ordering is served by an index on equality. */
const kindOf = ({ match }: Term): IndexKind => (match === 'ordering' ? 'eq' : match);

const names = (terms: readonly Term[]): string => [...new Set(terms.map(({ attribute }) => attribute))].join(', ');

function remediesFor(
  tree: Tree,
  context: string,
  indexes: ServerIndexes | undefined,
  missing: readonly Term[],
): readonly string[] {
  const attributes = [...new Set(missing.map(({ attribute }) => attribute))];
  return attributes.map((attribute) => {
    const kinds = [...new Set(missing.filter((term) => term.attribute === attribute).map(kindOf))];
    return REMEDIES[tree.profile.name].index(attribute, context, kinds, indexes?.existing(attribute));
  });
}

/**
 * @param sent  the whole filter, whose terms are shown
 * @param wanted  what is asked beyond being a person or a group: an index on that would help
 */
export function indexVerdict(
  tree: Tree,
  context: string,
  sent: Filter,
  wanted: Filter,
  indexes: ServerIndexes | undefined,
): IndexVerdict {
  const states = termsOf(sent).map(
    ({ attribute, match, ...term }): IndexState => ({
      attribute,
      match,
      state: stateOf(indexes, { attribute, match, ...term }),
    }),
  );
  const useful = termsOf(wanted).filter((term) => !isEverybodys(term));
  // Being a person or a group is what everybody is, index or not.
  const isServed = served(wanted, indexes);
  const verdict = (finding: Finding, remedies: readonly string[] = []): IndexVerdict => ({
    indexes: states,
    finding,
    remedies,
  });
  if (isServed) return verdict(ok(`fast: an index finds them (${names(useful)})`));
  if (useful.length === 0)
    return verdict(warning('slow: the filter asks for what nearly every entry has, and no index makes that few'));
  if (isServed === undefined) {
    const look = REMEDIES[tree.profile.name].indexes?.(context);
    const text = `the directory does not tell the service account whether ${names(useful)} has an index; its administrator can look`;
    return verdict(ok(text), look === undefined ? [] : [look]);
  }
  const missing = useful.filter((term) => !indexes?.serves(term));
  return missing.length === 0
    ? verdict(warning('slow: what is to be found is compared in a way that no index helps with'))
    : verdict(
        warning(`slow: without an index on ${names(missing)} the directory reads everybody; add it:`),
        remediesFor(tree, context, indexes, missing),
      );
}
