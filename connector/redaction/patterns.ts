import type { PseudonymKind } from './pseudonyms.ts';

/** What stands for something that is recognised by its form alone. */
export type Replacement =
  | { readonly as: 'pseudonym'; readonly kind: PseudonymKind }
  /** Nothing of it is left. */
  | { readonly as: 'gone'; readonly label: string }
  /** Harmless; nobody else looks at it. */
  | { readonly as: 'kept' }
  /** The form stays, its parts are replaced. */
  | { readonly as: 'url' | 'dn' | 'path' | 'scheme' | 'quoted' | 'frame' };

const UUID = /\b[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b/gi;

/**
 * In the order in which they are looked for. What none of them knows is held to the vocabulary, so that these need not
 * be complete: they say what a thing is, and keep together what has blanks in it.
 */
export const PATTERNS: readonly (readonly [pattern: RegExp, replacement: Replacement])[] = [
  // RFC 7468, also cut off at its end.
  [/-----BEGIN [^-\n]*-----(?:[^-]|-(?!----END))*(?:-----END [^-\n]*-----)?/g, { as: 'gone', label: '[PEM]' }],
  // RFC 7519.
  [/\beyJ[\w-]+(?:\.[\w-]*){1,4}/g, { as: 'gone', label: '[token]' }],
  // RFC 9110 §11.4.
  [/\b(?:Bearer|Basic|Digest|Negotiate|SSWS)\s+[^\s"',;]+/gi, { as: 'scheme' }],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>`|,;)\]}]+/gi, { as: 'url' }],
  // A frame of a stack: which line of the program.
  [/^\s*at .*[/\\(]([\w.-]+:\d+:\d+)\)?$/gm, { as: 'frame' }],
  // A line of syslog begins with it (RFC 3164 §4.1.2).
  [/^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?= )/gm, { as: 'kept' }],
  [/\b\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/g, { as: 'kept' }],
  [/(?<![\w:.-])\d\d:\d\d:\d\d(?:\.\d+)?(?![\w:.-])/g, { as: 'kept' }],
  [/\bref [0-9A-Z]{4}-[0-9A-Z]{4}\b/g, { as: 'kept' }],
  // Where in Active Directory it failed, and with which code.
  [/\bDSID-[0-9A-F]{8}\b/g, { as: 'kept' }],
  [/(?<![\w-])0000[0-9A-F]{4}(?=: )/g, { as: 'kept' }],
  // RFC 4514: two RDNs or more.
  [
    /\b[A-Za-z][\w-]*=(?:\\.|[^,=\\"\n])+(?:,\s*[A-Za-z][\w-]*=(?:\\.|[^,=\\"\n])+)*,\s*[A-Za-z][\w-]*=(?:\\.|[^\s,=\\"')\]}])+/g,
    { as: 'dn' },
  ],
  [/[^\s<>"'`(),;:=[\]{}|]+@[^\s<>"'`(),;:[\]{}|]+/g, { as: 'pseudonym', kind: 'mail' }],
  [UUID, { as: 'pseudonym', kind: 'id' }],
  [/"(?:[^"\\\n]|\\.)*"/g, { as: 'quoted' }],
  [/(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2})?(?![\w.])/g, { as: 'pseudonym', kind: 'address' }],
  [/(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:\/\d{1,3})?(?![\w:.])/gi, { as: 'pseudonym', kind: 'address' }],
  [/(?<!\w)\+\d[\d ()/.-]{5,}\d/g, { as: 'pseudonym', kind: 'phone' }],
  [/\b\d{2,6}(?:[ /-]\d{2,6}){2,}\b/g, { as: 'pseudonym', kind: 'phone' }],
  [
    /(?<![\w.])(?:[A-Za-z]:|\.{0,2})[/\\](?=[\p{L}\p{N}:._~-])[^\s"'`<>|,;()[\]{}]*[^\s"'`<>|,;:.()[\]{}]/gu,
    { as: 'path' },
  ],
];
