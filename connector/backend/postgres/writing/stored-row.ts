import { fold } from '../../../scim/text.ts';
import type { Document } from '../../sql/document.ts';
import { foldedDocument } from './folded.ts';

/** What of a document goes into columns of `resource`, by their names, but for those that the database knows itself. */
export interface StoredRow {
  readonly key: string;
  readonly external_key: string | null;
  readonly display: string;
  readonly display_key: string;
  /** JSON. */
  readonly doc: string;
  readonly folded: string;
}

export const storedRow = ({ stored, doc, key, externalKey, display }: Document): StoredRow => ({
  key,
  external_key: externalKey,
  display,
  display_key: fold(display),
  doc,
  folded: foldedDocument(stored),
});
