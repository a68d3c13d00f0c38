import type { IncomingHttpHeaders } from 'node:http';

/** The value of a header, '' when there is none. */
export function headerValue(headers: IncomingHttpHeaders, header: string): string {
  const value = headers[header.toLowerCase()];
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim();
}

/** The first word of an `Authorization` value if it can be a scheme, else undefined. */
export const schemeOf = (value: string): string | undefined => /^([A-Za-z][\w-]*)(?:\s+|$)/.exec(value)?.[1];

/** A name of ours for the scheme, never the client's text: it may be the first word of a secret. */
export const knownScheme = (scheme: string): string =>
  ['Basic', 'Bearer', 'Digest', 'Negotiate', 'NTLM', 'OAuth'].find(
    (name) => name.toLowerCase() === scheme.toLowerCase(),
  ) ?? 'another scheme';
