import type { IncomingHttpHeaders } from 'node:http';
import type { Client } from '../../backend/backend.ts';

/** Longest that is kept of a header: it may be the client's own text. Unit: characters. */
const MOST = 200;

const cut = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST - 3)}...` : text);

/** What is kept of the program that asks. */
export function clientOf(address: string, headers: IncomingHttpHeaders): Client {
  const { accept } = headers;
  const agent = headers['user-agent'];
  const contentType = headers['content-type'];
  return {
    address,
    ...(agent === undefined ? {} : { userAgent: cut(agent) }),
    ...(accept === undefined ? {} : { accept: cut(accept) }),
    ...(contentType === undefined ? {} : { contentType: cut(contentType) }),
  };
}
