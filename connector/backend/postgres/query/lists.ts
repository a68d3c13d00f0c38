import { raw, type Sql, sql } from '../../sql/sql.ts';
import type { Json } from './json.ts';

const typeOf = (kind: Json['kind'], value: Sql): Sql => sql`${raw(kind)}_typeof(${value})`;

/** The elements of `list`; none where it is no list. */
export const elementsIn = (kind: Json['kind'], list: Sql): Sql =>
  sql`${raw(kind)}_array_elements(CASE ${typeOf(kind, list)} WHEN 'array' THEN ${list} END)`;

/** The simple values of `value`, which is one or a list of them. */
export const scalarsIn = (kind: Json['kind'], value: Sql): Sql =>
  sql`${raw(kind)}_array_elements(CASE ${typeOf(kind, value)} WHEN 'array' THEN ${value} WHEN 'object' THEN NULL
    ELSE CASE WHEN ${value} IS NOT NULL THEN ${raw(kind)}_build_array(${value}) END END)`;

/** The objects of `value`, which is one or a list of them. */
export const objectsIn = (kind: Json['kind'], value: Sql): Sql =>
  sql`${raw(kind)}_array_elements(CASE ${typeOf(kind, value)} WHEN 'array' THEN ${value}
    WHEN 'object' THEN ${raw(kind)}_build_array(${value}) END)`;

/** Whether it is no list and no object. */
export const isScalar = (kind: Json['kind'], value: Sql): Sql => sql`${typeOf(kind, value)} NOT IN ('object', 'array')`;
