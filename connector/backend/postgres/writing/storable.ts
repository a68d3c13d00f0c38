import { ScimError } from '../../../scim/error.ts';
import { type Attributes, isComplex, isUrn, type Value } from '../../../scim/resource.ts';
import type { Traits } from '../../../scim/schema/resource-type.ts';
import type { Document } from '../../sql/document.ts';

/** What an entry of an index has room for, beside what else is in it (PostgreSQL 66.4.1: a third of a page). Unit: bytes. */
const LARGEST_KEY = 2500;

function invalid(path: string, why: string): ScimError {
  const text = `${path} ${why}`;
  return new ScimError('invalidValue', text, { fault: 'value-of-wrong-kind' });
}

/** Whether the database can be asked for it: no text of it has NUL or half of a surrogate pair. */
export const isText = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** @throws invalidValue naming the attribute that no text of PostgreSQL could hold */
function refuseText(path: string, value: Value | Attributes): void {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw invalid(path, 'holds the character U+0000, which cannot be stored; leave it out');
    if (!value.isWellFormed())
      throw invalid(path, 'holds half of a surrogate pair, which is no character; send the whole one');
  } else if (Array.isArray(value)) for (const one of value) refuseText(path, one);
  else if (isComplex(value))
    for (const [name, part] of Object.entries(value)) {
      refuseText(`a name in ${path}`, name);
      refuseText(`${path}${isUrn(path) ? ':' : '.'}${name}`, part as Value);
    }
}

function refuseLong(path: string, key: string | null): void {
  if (key === null || Buffer.byteLength(key) <= LARGEST_KEY) return;
  throw invalid(path, `is too long to be found by; up to ${LARGEST_KEY} bytes of UTF-8 can be stored`);
}

/** Before anything is written. @throws invalidValue naming the attribute that cannot be stored */
export function refuseUnstorable(type: Traits, { stored, key, externalKey, emails }: Document): void {
  for (const [name, value] of Object.entries(stored)) {
    refuseText('the name of an attribute', name);
    refuseText(name, value);
  }
  refuseLong(type.naturalKey, key);
  refuseLong('externalId', externalKey);
  for (const email of emails) refuseLong('emails.value', email);
}
