import { TRAITS } from '../../../scim/schema/resource-type.ts';
import type { KeptResource } from '../../module/moving.ts';
import { toDocument } from '../../sql/document.ts';
import { refuseUnstorable } from '../writing/storable.ts';
import { type StoredRow, storedRow } from '../writing/stored-row.ts';

/** What a row of `resource` holds beside what is kept: all of it follows from the document. */
export interface Derived extends Omit<StoredRow, 'doc'> {
  readonly emails: readonly string[];
}

/** @throws SyntaxError the document is damaged; invalidValue  naming an attribute that is missing or cannot be stored */
export function derivedFrom({ type, doc }: Pick<KeptResource, 'type' | 'doc'>): Derived {
  const document = toDocument(TRAITS[type], JSON.parse(doc));
  refuseUnstorable(TRAITS[type], document);
  const { doc: _, ...row } = storedRow(document);
  return { ...row, emails: document.emails };
}
