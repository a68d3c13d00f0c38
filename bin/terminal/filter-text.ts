import type { ExplainedStep, IndexState } from '../../connector/backend/module/filter-explanation.ts';
import { printable } from '../../connector/log/printable.ts';
import type { ExplainedFilter } from '../../connector/operations/explain-filter/explain-filter.ts';
import { wrap } from './line-width.ts';
import { counted } from './wording.ts';

const time = (duration: number): string => `${duration < 10 ? duration.toFixed(1) : Math.round(duration)} ms`;

const MATCH: Readonly<Record<IndexState['match'], string>> = {
  eq: 'equal',
  pres: 'present',
  sub: 'part of the text',
  ordering: 'greater or less',
};

const STATE: Readonly<Record<IndexState['state'], string>> = {
  indexed: 'has an index',
  missing: 'has no index',
  unknown: 'not shown to the service account',
};

const plural = (count: number, noun: string): string => counted(count, noun).replace(/ys$/, 'ies');

function* stepLines(
  { purpose, text, parameters, base, scope, times, plan, indexes, read, duration }: ExplainedStep,
  unit: string,
): Generator<string> {
  yield `${purpose}${times > 1 ? ` (asked ${times} times)` : ''}:`;
  // To be copied: never broken.
  yield `  ${printable(text)}`;
  for (const [index, value] of (parameters ?? []).entries())
    yield `    ?${index + 1} = ${typeof value === 'string' ? JSON.stringify(value) : value}`;
  if (base !== undefined) yield `    base ${printable(base)}, scope ${scope}`;
  for (const { text: words } of plan) yield `    ${words}`;
  for (const { attribute, match, state } of indexes) yield `    ${attribute}, ${MATCH[match]}: ${STATE[state]}`;
  yield `    ${plural(read, unit)}, ${time(duration)}`;
}

/** What `explain filter` prints. @param own  with the store's own words beside ours */
export function filterText(explained: ExplainedFilter, width: number, own: boolean): string {
  const { steps, unit, found, lookedAt, judged, complete, findings, remedies, duration } = explained;
  const least = complete ? '' : 'at least ';
  const what = explained.type.toLowerCase();
  const seen = `found ${least}${counted(found, what)}, looked at ${least}${plural(lookedAt, unit)}`;
  const afterwards = judged > 0 ? `, of which the connector judged ${judged} itself` : '';
  return [
    // Both say the rest alike.
    ...(explained.version === '1.1' ? [] : [`read as SCIM ${explained.version}`, '']),
    ...steps.flatMap((step) => [
      ...stepLines(step, unit),
      ...(own ? step.plan.flatMap(({ own: told }) => (told === undefined ? [] : [`    # ${told}`])) : []),
      '',
    ]),
    wrap(`${seen}${afterwards}, in ${time(duration)}`, width),
    ...findings.map(({ status, text }) => wrap(status === 'ok' ? text : `${status}: ${text}`, width)),
    ...(remedies.length > 0 ? ['', ...remedies] : []),
  ].join('\n');
}
