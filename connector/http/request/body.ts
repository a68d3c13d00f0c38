import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import { ScimError, shown } from '../../scim/error.ts';
import type { Context } from '../context.ts';
import { HUGE_BODY, LARGE_BODY } from '../dear.ts';
import { JsonAssembly } from './json/assembly.ts';
import { JSON_LIMITS } from './json/limits.ts';
import { refuseMisplaced } from './refuse-misplaced.ts';

const JSON_TYPES = ['application/json', 'application/*+json', 'text/json'];

const NOT_UTF8 = 'the body must be UTF-8 text, plain or compressed with gzip';
const NOT_WHOLE = 'the body did not arrive whole';

/** Codings have no case, and x-gzip is gzip's old name (RFC 9110 §8.4.1). */
const DECOMPRESS = {
  gzip: createUnzip,
  'x-gzip': createUnzip,
  deflate: createUnzip,
  br: createBrotliDecompress,
} as const;

/** What the client meant to send. @throws unsupportedMediaType */
function plainBytes(context: Context): Readable {
  const { req, state } = context;
  const coding = context.get('Content-Encoding').trim().toLowerCase() || 'identity';
  if (coding === 'identity') return req;
  if (!Object.hasOwn(DECOMPRESS, coding))
    throw new ScimError('unsupportedMediaType', NOT_UTF8, { fault: 'content-type-unsupported' });
  const plain = DECOMPRESS[coding as keyof typeof DECOMPRESS]();
  // It would wait for the rest for ever.
  state.call.signal.addEventListener('abort', () => plain.destroy(), { once: true });
  return req.pipe(plain);
}

/** Its end leaves the request open: there is an answer to be sent. */
const chunksOf = (stream: Readable): AsyncIterable<Buffer> =>
  stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;

const announced = ({ headers }: IncomingMessage): number => Number(headers['content-length'] ?? 0);

/**
 * Reads a JSON body, whatever JSON media type it claims, or none (docs/okta-agent.md, Headers).
 * @param limit  unit: bytes
 * @param limitName  named in the 413 text, as SCIM 1.1 API §3.5 demands for bulk
 * @throws unsupportedMediaType, tooLarge, invalidSyntax, throttled
 */
export const jsonBody =
  (limit: number, limitName: string) =>
  async (context: Context): Promise<object> => {
    // null: there is no body, whose type would matter.
    if (context.get('Content-Type') !== '' && context.is(JSON_TYPES) === false) {
      const [found = ''] = context.get('Content-Type').split(';');
      throw new ScimError('unsupportedMediaType', `Content-Type must be application/json, found ${shown(found)}`, {
        fault: 'content-type-unsupported',
      });
    }
    // Others hold ASCII where UTF-8 does; these never do.
    if (/^(utf-?(16|32)|ucs)/i.test(context.request.charset))
      throw new ScimError('unsupportedMediaType', NOT_UTF8, { fault: 'content-type-unsupported' });
    const tooLarge = (): ScimError =>
      new ScimError('tooLarge', `the body exceeds ${limitName} (${limit} bytes)`, { fault: 'body-too-large' });
    if (announced(context.req) > limit) throw tooLarge();
    const { call, share } = context.state;
    // Before the first byte is read, where so many are announced; else when they have come.
    if (announced(context.req) > HUGE_BODY) await share.enterHuge(call.signal);
    else if (announced(context.req) > LARGE_BODY) await share.enter(call.signal);
    share.hold(announced(context.req));
    const assembly = new JsonAssembly(JSON_LIMITS);
    let length = 0;
    try {
      for await (const chunk of chunksOf(plainBytes(context))) {
        length += chunk.length;
        if (length > limit) throw tooLarge();
        if (length > LARGE_BODY) await share.enter(call.signal);
        share.hold(length);
        assembly.push(chunk);
      }
    } catch (error) {
      throw translate(error);
    }
    const body = assembly.end();
    if (body === undefined)
      throw new ScimError('invalidSyntax', 'the body is empty; send a JSON object', { fault: 'body-unreadable' });
    if (typeof body !== 'object' || body === null || Array.isArray(body))
      throw new ScimError('invalidSyntax', 'the body must be a JSON object', { fault: 'body-unreadable' });
    refuseMisplaced(context.state, body);
    return body;
  };

function translate(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ScimError) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  if (
    code.startsWith('Z_') ||
    code.startsWith('ERR_BROTLI') ||
    code.startsWith('ERR__') ||
    code === 'ERR_TRAILING_JUNK_AFTER_STREAM_END'
  ) {
    const text = 'the body cannot be decompressed; its Content-Encoding does not tell the truth';
    return new ScimError('invalidSyntax', text, { fault: 'body-unreadable', cause: error });
  }
  // The client hung up, or sent less than it had announced.
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return new ScimError('invalidSyntax', NOT_WHOLE, { fault: 'body-incomplete', cause: error });
  return error;
}
