import { type Filter, foldFilter } from './ast.ts';

const ALWAYS = { kind: 'and', filters: [] } as const;
const NEVER = { kind: 'or', filters: [] } as const;

/** True for everybody. */
export const isAlways = <P>(filter: Filter<P>): boolean => filter.kind === 'and' && filter.filters.length === 0;
/** True for nobody. */
export const isNever = <P>(filter: Filter<P>): boolean => filter.kind === 'or' && filter.filters.length === 0;

/** The same filter without the parts that are decided: what is known to be true of all, or of none, costs no search. */
export const simplified = <P>(filter: Filter<P>): Filter<P> =>
  foldFilter<P, Filter<P>>(filter, {
    and: (parts) => {
      const [first, ...others] = parts.filter((part) => !isAlways(part));
      if (parts.some(isNever)) return NEVER;
      return first && others.length === 0 ? first : { kind: 'and', filters: first ? [first, ...others] : [] };
    },
    or: (parts) => {
      const [first, ...others] = parts.filter((part) => !isNever(part));
      if (parts.some(isAlways)) return ALWAYS;
      return first && others.length === 0 ? first : { kind: 'or', filters: first ? [first, ...others] : [] };
    },
    not: (part) => (isAlways(part) ? NEVER : isNever(part) ? ALWAYS : { kind: 'not', filter: part }),
    some: (path, part) => ({ kind: 'some', path, filter: part }),
    present: (path) => ({ kind: 'present', path }),
    compare: (path, op, value) => ({ kind: 'compare', path, op, value }),
  });
