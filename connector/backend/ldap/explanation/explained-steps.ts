import type { ExplainedStep, IndexState } from '../../module/filter-explanation.ts';
import type { Search } from '../directory/session.ts';
import type { Observed } from './search-log.ts';

/** Searches for one purpose that differ in their values alone. */
interface Step {
  readonly purpose: string;
  readonly searches: readonly Observed[];
}

const attributesOf = (text: string): string =>
  [...text.matchAll(/\(([\w.;:-]+?)[:<>~]?=/g)].map(([, name]) => name).join();

const shapeOf = ({ base, scope, filter }: Search): string =>
  `${scope === 'base' ? '' : base} ${scope} ${[...new Set(attributesOf(filter.toString()).split(','))].join()}`;

function grouped(purpose: string, searches: readonly Observed[]): readonly Step[] {
  const byShape = Map.groupBy(searches, ({ search }) => shapeOf(search));
  return [...byShape.values()].map((some) => ({ purpose, searches: some }));
}

const sum = (searches: readonly Observed[], of: (one: Observed) => number): number =>
  searches.reduce((all, one) => all + of(one), 0);

function explained({ purpose, searches }: Step, indexes: readonly IndexState[]): ExplainedStep[] {
  const [first] = searches;
  if (!first) return [];
  const { base, scope, filter } = first.search;
  return [
    {
      purpose,
      text: filter.toString(),
      base,
      scope,
      times: searches.length,
      plan: [],
      indexes,
      read: sum(searches, ({ entries }) => entries),
      duration: sum(searches, ({ duration }) => duration),
    },
  ];
}

/**
 * In the order in which they are sent.
 * @param before  to know what the ids in the filter are
 * @param isFinding  whether a search is the filter's own
 */
export function explainedSteps(
  before: readonly Observed[],
  all: readonly Observed[],
  isFinding: (search: Search) => boolean,
  indexes: readonly IndexState[],
): readonly ExplainedStep[] {
  const finding = all.filter(({ search }) => isFinding(search));
  const others = all.filter(({ search }) => !isFinding(search));
  return [
    ...grouped('looks up the ids in the filter', before).flatMap((step) => explained(step, [])),
    ...grouped('finds them', finding).flatMap((step) => explained(step, indexes)),
    ...grouped('reads the page, and what its entries refer to', others).flatMap((step) => explained(step, [])),
  ];
}
