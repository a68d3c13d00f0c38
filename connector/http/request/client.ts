import type { IncomingHttpHeaders } from 'node:http';
import type { Client } from '../../backend/backend.ts';

/** Longest that is kept of a header: it may be the client's own text. Unit: characters. */
const MOST = 200;
/** A credential in the wrong header. */
const CREDENTIAL = /\b(bearer|basic|ssws|token)[\s=:]+\S+/gi;
/** A token of ours, and what looks like one of somebody else: no program has so long a name with so many digits. */
const TOKEN = /\bscim_[\w-]{8,}|(?<![\w+=~-])(?=(?:[A-Za-z_+=~-]*\d){3})[\w+=~-]{24,}/g;
/** Shorter ones are words. Unit: characters. */
const SHORTEST = 8;

/** What was sent as a credential, whole and without its scheme. */
function secretsIn({ authorization = '' }: IncomingHttpHeaders): readonly string[] {
  return [authorization, ...authorization.split(' ')].filter(({ length }) => length >= SHORTEST);
}

function kept(text: string, secrets: readonly string[]): string {
  const clean = secrets
    .reduce((some, secret) => some.replaceAll(secret, '…'), text)
    .replace(CREDENTIAL, '$1 …')
    .replace(TOKEN, '…');
  return clean.length > MOST ? `${clean.slice(0, MOST - 3)}...` : clean;
}

/** What is kept of the program that asks; never what it was to prove itself with. */
export function clientOf(address: string, headers: IncomingHttpHeaders): Client {
  const { accept } = headers;
  const agent = headers['user-agent'];
  const contentType = headers['content-type'];
  const secrets = secretsIn(headers);
  return {
    address,
    ...(agent === undefined ? {} : { userAgent: kept(agent, secrets) }),
    ...(accept === undefined ? {} : { accept: kept(accept, secrets) }),
    ...(contentType === undefined ? {} : { contentType: kept(contentType, secrets) }),
  };
}
