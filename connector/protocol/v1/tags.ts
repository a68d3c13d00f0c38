/** Versions named by a client: any will do, or one of these (opaque parts, no quotes). */
export type Tags = '*' | readonly string[];

// Opaque tags may contain commas, so the list is tokenized and not split.
const TAG = /\s*(?:(\*)|(?:W\/)?"([^"]*)"|([^\s,"]+))\s*(?:,|$)/gy;

/**
 * An `If-Match` or `If-None-Match` header: `*` or a list of tags. `W/` is ignored: SCIM uses weak tags where HTTP
 * would compare strongly. Unquoted tags are tolerated, since some clients echo `meta.version` so.
 */
export function parseTags(header: string | undefined): Tags | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const tags: string[] = [];
  TAG.lastIndex = 0;
  for (let match = TAG.exec(header); match; match = TAG.exec(header)) {
    if (match[1] !== undefined) return '*';
    tags.push(match[2] ?? (match[3] ?? '').replace(/^W\//, ''));
    if (TAG.lastIndex >= header.length) break;
  }
  return tags;
}

/** True when a conditional GET may be answered 304. */
export function notModified(header: string | undefined, version: string | undefined): boolean {
  const tags = parseTags(header);
  if (tags === undefined || version === undefined) return false;
  return tags === '*' || tags.includes(version);
}
