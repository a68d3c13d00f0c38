import { isComplex, type Value } from '../../../scim/resource.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import { fold } from '../../../scim/text.ts';
import type { KeptResource } from '../../module/moving.ts';
import { toDocument } from '../../sql/document.ts';

/** What a row of `resource` holds beside what is kept: all of it follows from the document. */
export interface Derived {
  readonly key: string;
  readonly external_key: string | null;
  readonly display: string;
  readonly display_key: string;
  readonly folded: unknown;
  readonly emails: readonly string[];
}

/** Every text in the form in which text compares. */
function folded(value: unknown): unknown {
  if (typeof value === 'string') return fold(value);
  if (Array.isArray(value)) return value.map(folded);
  if (!isComplex(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, folded(part as Value)]));
}

/** @throws SyntaxError the document is damaged; invalidValue  it has no name */
export function derivedFrom({ type, doc }: Pick<KeptResource, 'type' | 'doc'>): Derived {
  const attributes = JSON.parse(doc);
  const { key, externalKey, display, emails } = toDocument(TRAITS[type], attributes);
  return { key, external_key: externalKey, display, display_key: fold(display), folded: folded(attributes), emails };
}
