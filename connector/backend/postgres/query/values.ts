import type { Attribute } from '../../../scim/schema/attribute.ts';
import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import type { BoundPath } from '../../../scim/schema/resource-type.ts';
import type { Elements } from '../../sql/source.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { isExact, jsonOf, namesOf, part, under } from './json.ts';
import { elementsIn, isScalar, objectsIn, scalarsIn } from './lists.ts';

/** Where the values of a path are, in the documents of the row `r`. */
export interface Values {
  /** A row for each; absent: there is at most one. */
  readonly from?: Sql;
  /** In the form in which `target` compares; of an attribute that operators shape a piece of JSON. */
  readonly value: Sql;
  /** That piece of JSON may be of any type. */
  readonly json?: 'json' | 'jsonb';
  /** Which row of `from` counts when sorting, and in which order the others do. */
  readonly primary?: Sql;
  readonly order?: Sql;
}

const isShaped = ({ extension }: BoundPath): boolean => extension !== undefined && extension !== ENTERPRISE_SCHEMA;

const isPrimary = (object: string): Sql => raw(`((${object} -> 'primary')::text = 'true') IS TRUE`);

export function valuesAt(path: BoundPath): Values {
  const { attribute, sub } = path;
  if (isShaped(path)) return sub ? shapedParts(path, sub) : shaped(path);
  const target = sub ?? attribute;
  if (attribute.multiValued) {
    const elements = elementsOf(path);
    return { from: elements.from, value: elements.part(target), primary: isPrimary('e.value'), order: raw('e.place') };
  }
  const { kind, document } = jsonOf(target);
  const names = [...namesOf(path), target.name].slice(0, sub ? undefined : -1);
  return { value: part(kind, under(document, ...names.slice(0, -1)), target) };
}

/** An attribute of an extension that operators shape: a value or a list of them, of whatever type it came with. */
function shaped(path: BoundPath): Values {
  const { kind, document } = jsonOf(path.attribute);
  const values = scalarsIn(kind, under(document, ...namesOf(path)));
  return {
    from: sql`(SELECT value, place FROM ${values} WITH ORDINALITY AS v (value, place) WHERE ${isScalar(kind, raw('value'))}) AS e`,
    value: raw('e.value'),
    json: kind,
    order: raw('e.place'),
  };
}

/** A sub-attribute of an undeclared complex attribute, be it one or a list of them. */
function shapedParts(path: BoundPath, sub: Attribute): Values {
  const { kind, document } = jsonOf(sub);
  const objects = objectsIn(kind, under(document, ...namesOf(path)));
  return {
    from: sql`(SELECT f.value, c.place, f.place AS own, ${isPrimary('c.value')} AS main
      FROM ${objects} WITH ORDINALITY AS c (value, place)
      LEFT JOIN LATERAL (SELECT value, place FROM ${scalarsIn(kind, under(raw('c.value'), sub.name))} WITH ORDINALITY AS v (value, place)
        WHERE ${isScalar(kind, raw('value'))}) AS f ON TRUE) AS e`,
    value: raw('e.value'),
    json: kind,
    primary: raw('e.main'),
    order: raw('e.place, e.own'),
  };
}

/** Each element of a list twice: with its text folded, and as it was written where a part compares so. */
export function elementsOf(path: BoundPath): Elements {
  const names = namesOf(path);
  const folded = elementsIn('jsonb', under(raw('r.folded'), ...names));
  const part_ = (target: Attribute): Sql =>
    isExact(target) ? part('json', raw('e.written'), target) : part('jsonb', raw('e.value'), target);
  if (!path.attribute.subAttributes.some(isExact))
    return { from: sql`${folded} WITH ORDINALITY AS e (value, place)`, part: part_ };
  const written = elementsIn('json', under(raw('r.doc'), ...names));
  return { from: sql`ROWS FROM (${folded}, ${written}) WITH ORDINALITY AS e (value, written, place)`, part: part_ };
}
