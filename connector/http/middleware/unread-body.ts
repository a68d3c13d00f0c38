import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Context, Next } from '../context.ts';

/** What is left of a body that is not read any more: at most this much is let by. Unit: bytes. */
const MOST_LET_BY = 32 * 1024 * 1024;
/** And for no longer than this. Unit: ms. */
const LONGEST = 5000;
/** A rest so short that the connection is worth keeping. Unit: bytes. */
const SHORT = 64 * 1024;

const isShort = ({ headers }: IncomingMessage): boolean => Number(headers['content-length']) <= SHORT;

/** Lets the rest of a body by. Resolves when nothing more comes; the connection is cut when too much does, or nothing. */
function letBy(request: IncomingMessage): Promise<void> {
  let left = MOST_LET_BY;
  const cut = (): unknown => request.socket.destroy();
  const timer = setTimeout(cut, LONGEST);
  // Somebody may have stopped in the middle, and Node reads on by itself only where nobody has begun.
  request.unpipe();
  request.on('data', ({ length }: Buffer) => {
    left -= length;
    if (left < 0) cut();
  });
  request.resume();
  return new Promise((resolve) => {
    request.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The answer at once, its end when the client has said all: who closes on unread bytes resets, and the answer is lost. */
async function* lastWords(answer: Buffer, silence: Promise<void>): AsyncGenerator<Buffer> {
  yield answer;
  await silence;
}

/**
 * Requests that are answered before their body is whole, refusals as a rule. What still comes belongs to this request:
 * it is let by, within bounds, and unless it is short the connection ends with it (RFC 9112 §9.3 and .6).
 */
export async function unreadBody(context: Context, next: Next): Promise<void> {
  await next();
  const { req, body } = context;
  if (req.complete || req.destroyed) return;
  const silence = letBy(req);
  if (isShort(req) && !context.res.hasHeader('Connection')) return;
  context.set('Connection', 'close');
  if (context.method === 'HEAD' || context.respond === false || body === undefined || body === null) return;
  const answer = Buffer.from(body instanceof Uint8Array || typeof body === 'string' ? body : JSON.stringify(body));
  context.body = Readable.from(lastWords(answer, silence));
  context.length = answer.length;
}
