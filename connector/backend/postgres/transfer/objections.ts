import { ScimError, shown } from '../../../scim/error.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import type { KeptBatch, KeptEntitlement, KeptResource } from '../../module/moving.ts';
import { derivedFrom } from './kept-row.ts';

function nameIn({ type, doc }: KeptResource): string {
  try {
    return ` (${shown(String(JSON.parse(doc)[TRAITS[type].naturalKey] ?? ''))})`;
  } catch {
    return '';
  }
}

function objectionsTo(resource: KeptResource): readonly string[] {
  try {
    derivedFrom(resource);
    return [];
  } catch (error) {
    const text = error instanceof ScimError ? error.message : 'its document is damaged';
    return [`${resource.type} ${resource.id}${nameIn(resource)}: ${text}`];
  }
}

const isUnstorable = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

const objectionsToEntitlement = ({ type, id, name, description }: KeptEntitlement): readonly string[] =>
  [id, name, description ?? ''].some(isUnstorable)
    ? [`${type} ${shown(id)}: its id, name or description holds U+0000 or half of a surrogate pair`]
    : [];

/** Why these cannot be kept as they are, each naming the resource, the attribute and what is wrong. */
export function objections(batch: KeptBatch): readonly string[] {
  if (batch.kind === 'resources') return batch.rows.flatMap(objectionsTo);
  return batch.kind === 'entitlements' ? batch.rows.flatMap(objectionsToEntitlement) : [];
}
