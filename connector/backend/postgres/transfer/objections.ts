import { shown } from '../../../scim/error.ts';
import { isComplex } from '../../../scim/resource.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import type { KeptBatch, KeptResource } from '../../module/moving.ts';
import { derivedFrom } from './kept-row.ts';

/** What an index takes; PostgreSQL ends at 2,704. Unit: bytes of UTF-8. */
const LONGEST = 2500;

const isUnstorable = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

/** Paths of texts that no text of PostgreSQL can hold. */
function* unstorable(value: unknown, path: string): Generator<string> {
  if (typeof value === 'string') {
    if (isUnstorable(value)) yield path;
  } else if (Array.isArray(value)) for (const element of value) yield* unstorable(element, path);
  else if (isComplex(value))
    for (const [name, part] of Object.entries(value)) {
      const at = path === '' ? name : `${path}${name.includes(':') ? '' : '.'}${name}`;
      if (isUnstorable(name)) yield path;
      yield* unstorable(part, at);
    }
}

const tooLong = (text: string | null): boolean => text !== null && Buffer.byteLength(text) > LONGEST;

function* faultsOf(resource: KeptResource): Generator<string> {
  const attributes = JSON.parse(resource.doc);
  for (const path of new Set(unstorable(attributes, '')))
    yield `${path} holds a NUL character or half a character, which PostgreSQL cannot store`;
  const { key, external_key, emails } = derivedFrom(resource);
  const long = [
    ...(tooLong(key) ? [TRAITS[resource.type].naturalKey] : []),
    ...(tooLong(external_key) ? ['externalId'] : []),
  ];
  for (const path of [...long, ...(emails.some(tooLong) ? ['emails.value'] : [])])
    yield `${path} is longer than ${LONGEST} bytes, which an index of PostgreSQL cannot hold`;
}

function objectionsTo(resource: KeptResource): readonly string[] {
  const who = `${resource.type} ${resource.id}`;
  let name = '';
  try {
    name = ` (${shown(String(JSON.parse(resource.doc)[TRAITS[resource.type].naturalKey] ?? ''))})`;
    return [...faultsOf(resource)].map((fault) => `${who}${name}: ${fault}`);
  } catch {
    return [`${who}${name}: its document is damaged`];
  }
}

/** Why these cannot be kept as they are, each naming the resource, the attribute and what is wrong. */
export function objections(batch: KeptBatch): readonly string[] {
  if (batch.kind === 'resources') return batch.rows.flatMap(objectionsTo);
  if (batch.kind === 'memberships') return [];
  return batch.rows.flatMap(({ type, id, name, description }) => [
    ...([id, name, description ?? ''].some(isUnstorable)
      ? [`${type} ${shown(id)}: its id, name or description holds a NUL character or half a character`]
      : []),
    ...([id, name].some(tooLong) ? [`${type} ${shown(id)}: its id or name is longer than ${LONGEST} bytes`] : []),
  ]);
}
