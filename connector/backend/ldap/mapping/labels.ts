import type { Complex } from '../../../scim/resource.ts';
import type { Attribute } from '../../../scim/schema/attribute.ts';
import { fold } from '../../../scim/text.ts';
import type { MappedPath } from './mapped-path.ts';

/** What values are called where a line does not say: Okta's words (docs/okta-agent.md, Users), then what others keep. */
const STANDARD: Readonly<Record<string, readonly string[]>> = {
  emails: ['primary', 'secondary', 'other'],
  phoneNumbers: ['mobile', 'other'],
};

/** What of a line of the mapping is about types. */
interface Labelled {
  readonly scim?: MappedPath;
  readonly labels: readonly string[];
  readonly leads: boolean;
}

/** A list of values with types, such as `emails`. */
export const isPlural = (attribute: Attribute | undefined): boolean =>
  attribute?.multiValued === true && attribute.type === 'complex';

/**
 * `type` of the first value, the second, …; the last is that of all others. A push names a type and replaces its values,
 * so those that it cannot know have a type of their own.
 */
export function labelsOf(
  scim: MappedPath | undefined,
  many: boolean,
  given: readonly string[] | undefined,
): readonly string[] {
  if (!scim || !isPlural(scim.attribute)) return [];
  const { attribute, label, sub } = scim;
  if (label === undefined) return given ?? (sub ? [] : (STANDARD[attribute.name] ?? []));
  if (given) return given[0] !== undefined && fold(given[0]) === fold(label) ? given : [label, ...given];
  return many ? [label, `other-${label}`] : [label];
}

const namesPrimary = ({ labels }: Labelled): boolean => labels.includes('primary');

/** The rows, and which of them has the primary value where no type says so: the first line of addresses or of a list. */
export function withLeaders<Row extends Labelled>(rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => {
    const { scim, labels } = row;
    if (!scim || scim.sub || !isPlural(scim.attribute)) return row;
    const siblings = rows.filter((other) => other.scim?.attribute === scim.attribute);
    if (siblings[0] !== row || siblings.some(namesPrimary)) return row;
    const leads = labels.length > 0 && (scim.label === undefined || scim.attribute.name === 'emails');
    return { ...row, leads };
  });
}

const leads = ({ leads, labels }: Labelled): boolean => leads || labels[0] === 'primary';

/** What the value of a row at `index` is called. */
export function labelAt(row: Labelled, index: number): { type?: string; primary?: true } {
  const type = row.labels[Math.min(index, row.labels.length - 1)];
  if (type === undefined) return {};
  const primary = type === 'primary' || (row.leads && index === 0);
  return { type, ...(primary ? { primary } : {}) };
}

/** Which of the labels of a row an element bears; -1 for none of them. */
export const labelIndex = ({ labels }: Labelled, { type }: Complex): number =>
  typeof type === 'string' ? labels.findIndex((label) => fold(label) === fold(type)) : -1;

/** Where an element belongs among the values of a row: strangers go before those that have the last label. */
export function place(row: Labelled, element: Complex): number {
  if (leads(row) && element['primary'] === true) return -1;
  const index = labelIndex(row, element);
  return index < 0 ? row.labels.length - 1.5 : index;
}
