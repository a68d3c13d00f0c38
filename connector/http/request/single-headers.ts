import type { IncomingMessage } from 'node:http';
import { ScimError } from '../../scim/error.ts';

/** What says something once. Of two, Node takes the first and another program on the way may have taken the second. */
const SINGLE = ['Host', 'Authorization', 'Content-Type', 'If-Match', 'X-HTTP-Method-Override'] as const;

/** How often a header stands there, by lines. @param rawHeaders  names and values in turn */
function timesIn(rawHeaders: readonly string[], name: string): number {
  let times = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const found = rawHeaders[i];
    if (found?.length === name.length && found.toLowerCase() === name.toLowerCase()) times += 1;
  }
  return times;
}

/** @throws invalidSyntax */
export function refuseRepeated({ rawHeaders }: IncomingMessage, name: string): void {
  if (timesIn(rawHeaders, name) > 1)
    throw new ScimError('invalidSyntax', `the request has the header ${name} more than once; send it once`, {
      fault: 'header-invalid',
    });
}

/** Whether the request is addressed to exactly one host (RFC 9112 §3.2). */
export const hasOneHost = ({ rawHeaders, httpVersion, headers }: IncomingMessage): boolean =>
  headers.host === undefined ? httpVersion === '1.0' : timesIn(rawHeaders, 'Host') === 1;

/** @throws invalidSyntax  a header that must stand there once is repeated, or Host is missing */
export function refuseAmbiguous(request: IncomingMessage): void {
  for (const name of SINGLE) refuseRepeated(request, name);
  if (!hasOneHost(request))
    throw new ScimError('invalidSyntax', 'the request has no Host header', { fault: 'header-invalid' });
}
