import { once } from 'node:events';
import { nextTurn } from '../concurrency/turns.ts';
import type { Json } from '../protocol/json.ts';
import { ScimError } from '../scim/error.ts';
import type { Context } from './context.ts';
import { isLong, jsonText } from './json-text.ts';

/** Written at a time; a few ms of work. Unit: characters. */
const CHUNK = 64 * 1024;
/** Unit: ms. */
const LONGEST_TURN = 8;
/** Chunks of an answer that is still sent as a whole, with its length. */
const WHOLE = 4;

function* chunksOf(body: Json): Generator<Buffer, void> {
  let text = '';
  for (const piece of jsonText(body)) {
    text += piece;
    if (text.length < CHUNK) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/** Bytes, because Node would look at each character of a text to learn how many. */
export async function send(context: Context, status: number, body: Json): Promise<void> {
  context.status = status;
  context.type = context.state.mediaType;
  if (!isLong(body)) {
    context.body = Buffer.from(JSON.stringify(body));
    return;
  }
  const chunks = chunksOf(body);
  let turn = performance.now();
  const first: Buffer[] = [];
  // Not with for…of: leaving it would end the text.
  for (let next = chunks.next(); !next.done; next = chunks.next()) {
    first.push(next.value);
    if (first.length > WHOLE) return stream(context, first, chunks);
    if (performance.now() - turn < LONGEST_TURN) continue;
    await nextTurn();
    turn = performance.now();
  }
  context.body = first.length === 1 ? first[0] : Buffer.concat(first);
}

/**
 * As fast as the client reads, and no faster than others can be served between. It belongs to the request: when its
 * time is up, or the client gone, the connection ends in the middle.
 * @throws unavailable
 */
async function stream(context: Context, first: readonly Buffer[], rest: Iterable<Buffer>): Promise<void> {
  const { res, state } = context;
  const { signal } = state.call;
  // What is written from here on is not Koa's.
  context.respond = false;
  if (context.method === 'HEAD') {
    res.end();
    return;
  }
  const write = async (chunk: Buffer): Promise<void> => {
    // Also where the kernel takes it at once, as it does for a fast reader.
    if (!res.write(chunk)) await once(res, 'drain', { signal });
    await nextTurn();
    if (signal.aborted) throw signal.reason;
  };
  try {
    for (const chunk of first) await write(chunk);
    for (const chunk of rest) await write(chunk);
  } catch (cause) {
    res.destroy();
    throw new ScimError('unavailable', 'the answer was given up in the middle', { fault: 'client-gone', cause });
  }
  res.end();
}
