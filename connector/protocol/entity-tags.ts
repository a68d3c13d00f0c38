import { ScimError } from '../scim/error.ts';

/** Versions named by a client: any will do, or one of these (opaque parts, no quotes). */
export type Tags = '*' | readonly string[];

/** `meta.version` and the `ETag` header are the same text (SCIM 1.1 Core §5.1). Weak: encodings may differ. */
export const formatVersion = (version: string): string => `W/"${version}"`;

// Opaque tags may contain commas, so the list is tokenized and not split.
const TAG = /\s*(?:(\*)|(?:W\/)?"([^"]*)"|(?:W\/)?([^\s,"]+)|)\s*(?:,|$)/gy;

/**
 * An `If-Match` or `If-None-Match` header: `*` or a list of tags. `W/` is ignored: SCIM uses weak tags where HTTP
 * would compare strongly. Unquoted tags are tolerated, since some clients echo `meta.version` so.
 * @param name  of the header or the field, for the error text
 * @throws invalidSyntax when it is neither: guessing would write over somebody's change
 */
export function parseTags(header: string, name: string): Tags | undefined {
  if (header.trim() === '') return undefined;
  const tags: string[] = [];
  for (let next = 0; next < header.length; next = TAG.lastIndex) {
    TAG.lastIndex = next;
    const match = TAG.exec(header);
    if (!match)
      throw new ScimError('invalidSyntax', `${name} must be * or a list of versions such as W/"7"`, {
        fault: 'header-invalid',
      });
    const [, any, quoted, bare] = match;
    if (any !== undefined) return '*';
    if (quoted !== undefined || bare !== undefined) tags.push(quoted ?? bare ?? '');
  }
  return tags;
}

/** True when a conditional GET may be answered 304. */
export function notModified(header: string, version: string | undefined): boolean {
  const tags = parseTags(header, 'If-None-Match');
  if (tags === undefined || version === undefined) return false;
  return tags === '*' || tags.includes(version);
}
