import type { PlanLine } from '../../module/filter-explanation.ts';

/** A node of EXPLAIN (FORMAT JSON), as far as it is read (PostgreSQL, 14.1). */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Alias?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** What the columns of an index hold, in SCIM's words. */
const HELD: Readonly<Record<string, string>> = {
  resource_name: 'userName, displayName of groups',
  resource_external: 'externalId',
  resource_modified: 'meta.lastModified',
  resource_id: 'id',
  email_pkey: 'e-mail addresses',
  email_resource: 'e-mail addresses of each',
  membership_pkey: 'memberships',
  membership_member: 'memberships',
};

function wordsOf(node: PlanNode, plural: string): string {
  const { 'Node Type': kind, 'Relation Name': relation, 'Index Name': index } = node;
  if (index === 'resource_type') return `goes through the ${plural} in the order of creation`;
  if (index === 'resource_pkey') return `takes each of them from the table of ${plural}`;
  if (index !== undefined && HELD[index] !== undefined) return `finds it in the index ${index} (${HELD[index]})`;
  if (kind !== 'Seq Scan') return '';
  if (relation === 'resource') return `reads every one of the ${plural}`;
  if (relation === 'email') return 'reads every e-mail address';
  return relation === 'membership' ? 'reads every membership' : '';
}

const own = ({ 'Node Type': kind, 'Relation Name': relation, 'Index Name': index }: PlanNode): string =>
  [kind, ...(index === undefined ? [] : ['using', index]), ...(relation === undefined ? [] : ['on', relation])].join(
    ' ',
  );

export function* nodesOf(node: PlanNode): Generator<PlanNode> {
  yield node;
  for (const one of node.Plans ?? []) yield* nodesOf(one);
}

/** The deepest first, as it is done. @param plural  what the rows are: "users" */
export function planWords(plan: PlanNode, plural: string): readonly PlanLine[] {
  // What never came to its turn did nothing.
  const done = [...nodesOf(plan)].filter(({ 'Actual Loops': loops }) => loops > 0);
  const lines = done.reverse().map((node) => ({ text: wordsOf(node, plural), own: own(node) }));
  // Lines without words of ours say nothing that their neighbours do not, and a part of a plan may be there twice.
  return lines.filter(({ text }, n) => text !== '' && lines.findIndex((one) => one.text === text) === n);
}

/** What query/page-statement.ts calls those whose turn it is. */
const NEXT = 'x';

/** Rows that were fetched to be looked at. Counts are means over the loops, in whole numbers: of single keys the loops tell. */
function lookedAtBy(node: PlanNode): number {
  const { 'Relation Name': relation, 'Index Name': index, 'Node Type': kind, 'Actual Loops': loops } = node;
  // Who comes next in the order is asked of the index as a rule, and never what he is like.
  if (relation === undefined || kind === 'Index Only Scan' || node.Alias === NEXT) return 0;
  if (index === 'resource_pkey') return loops;
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return (node['Actual Rows'] + removed) * loops;
}

export const lookedAt = (plan: PlanNode): number => [...nodesOf(plan)].reduce((sum, node) => sum + lookedAtBy(node), 0);
