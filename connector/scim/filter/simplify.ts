import { ALWAYS, type Filter, foldFilter, NEVER, rebuilt } from './ast.ts';

/** True for everybody. */
export const isAlways = <P>(filter: Filter<P>): boolean => filter.kind === 'and' && filter.filters.length === 0;
/** True for nobody. */
export const isNever = <P>(filter: Filter<P>): boolean => filter.kind === 'or' && filter.filters.length === 0;

/** The same filter without the parts that are decided: what is known to be true of all, or of none, costs no search. */
export const simplified = <P>(filter: Filter<P>): Filter<P> =>
  foldFilter<P, Filter<P>>(filter, {
    ...rebuilt<P>(),
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
  });
