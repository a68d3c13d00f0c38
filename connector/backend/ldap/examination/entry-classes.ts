import type { Branch } from '../layout/branch.ts';
import type { ObjectClasses } from '../layout/object-classes.ts';
import type { Schema } from '../layout/schema.ts';
import type { Row } from '../mapping/attribute-mapping.ts';

/** Aliases of one attribute type count as one: `surname` is `sn`. Known to the schema by the same rules object. */
export function sameType(schema: Schema, a: string, b: string): boolean {
  return (
    a === b || (schema.has(a) && schema.get(a)?.names === schema.get(b)?.names && schema.get(a)?.names !== undefined)
  );
}

export interface Allowed {
  readonly must: readonly string[];
  readonly may: readonly string[];
  readonly unknown: readonly string[];
}

export function allowedBy(classes: ObjectClasses, names: readonly string[]): Allowed {
  const found = names.map((name) => classes.get(name.toLowerCase()));
  return {
    must: [...new Set(found.flatMap((one) => [...(one?.must ?? [])]))],
    may: found.flatMap((one) => [...(one?.may ?? [])]),
    unknown: names.filter((_, i) => !found[i]),
  };
}

/** Rows that write a value whatever a client leaves out. */
export const isCertain = (row: Row, branch: Branch): boolean =>
  row === branch.natural ||
  row.placeholder !== undefined ||
  row.otherwise.length > 0 ||
  row.scim?.attribute.required === true;
