import type { Attributes } from '../../../scim/resource.ts';
import type { Branch } from '../layout/branch.ts';
import type { Tree } from '../layout/tree.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import { numbered } from '../mapping/numbered.ts';
import { givenValues } from '../mapping/row-values.ts';
import type { Generator, Template } from '../mapping/template.ts';

/** A value of a new entry that has to be free. */
export interface Slot {
  readonly template: Template;
  readonly generator: Generator;
  readonly attribute: string;
  readonly key: string;
  /** The line of the configuration, for texts. */
  readonly setting: string;
  /** Stands before the value in the directory. */
  readonly prefix: string;
  /** Only among the entries beside it. */
  readonly names: boolean;
}

/** Active Directory's own limit is in its schema; what is longer than this, OpenLDAP cannot keep as a name. */
const LONGEST_NAME = 240;

/** What a slot holds as the `n`th choice; its template has the values it needs. @param n  from 1; of a number itself */
export function choice({ schema }: Tree, slot: Slot, attributes: Attributes, n: number): string {
  const { template, generator, key, names } = slot;
  if (generator.kind === 'next') return template.render(attributes, () => String(n)) ?? '';
  return template.render(attributes, maker(slot, attributes, schema.get(key)?.longest, names, n)) ?? '';
}

function maker(
  { template, generator }: Slot,
  attributes: Attributes,
  limit: number | undefined,
  names: boolean,
  n: number,
): (text: string) => string {
  const own = (generator.kind === 'unique' ? generator.longest : undefined) ?? Number.POSITIVE_INFINITY;
  const around = (template.render(attributes, () => '') ?? '').length;
  const longest = limit ?? (names ? LONGEST_NAME : Number.POSITIVE_INFINITY);
  return (text) => numbered(text, n, Math.min(own, longest - around));
}

/** Stands for any choice. */
const tried = (text: string): string => `${text}1`;

/** The values of a new entry that have to be found; none for what the client gives itself. */
export function slotsOf({ table, rdn, section }: Branch, attributes: Attributes): readonly Slot[] {
  const rows = table.rows.flatMap((row): Slot[] => {
    if (row.writable === 'never' || row.syntax.name === 'dn') return [];
    const rivals = table.rows.filter(({ key, writable }) => key === row.key && writable !== 'never');
    if (rivals.some((rival) => givenValues(table, rival, attributes).length > 0)) return [];
    const template = row.otherwise.find((one) => one.render(attributes, tried) !== undefined);
    if (!template?.generator) return [];
    const { ldap: attribute, key, prefix } = row;
    const setting = `${section}.map."${row.path}"`;
    return [{ template, generator: template.generator, attribute, key, setting, prefix, names: false }];
  });
  const name = nameSlot({ rdn, section });
  return name && rdn.value.render(attributes, tried) !== undefined ? [name, ...rows] : rows;
}

/** Of what names the entry, where its template has a generated part. */
export function nameSlot({ rdn, section }: Pick<Branch, 'rdn' | 'section'>): Slot | undefined {
  const { attribute, value: template } = rdn;
  const { generator } = template;
  if (!generator) return undefined;
  return {
    template,
    generator,
    attribute,
    key: keyOf(attribute),
    setting: `${section}.rdn`,
    prefix: '',
    names: true,
  };
}
