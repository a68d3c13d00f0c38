import { createScanner } from 'jsonc-parser';
import bodyParser from 'koa-bodyparser';
import { ScimError, shown } from '../../scim/error.ts';
import type { Context } from '../context.ts';

const JSON_TYPES = ['application/json', 'application/*+json', 'text/json'];
const MAX_DEPTH = 64;

const DAMAGED = 'the body is not UTF-8 text, or holds the replacement character U+FFFD';
const NOT_UTF8 = 'the body must be UTF-8 text, plain or compressed with gzip';

const isFault = (error: unknown): error is Error & { type?: string; status?: number; code?: string; body?: string } =>
  error instanceof Error;

/**
 * Looks at the text and not at the parsed value, which no longer has a key that stood twice; without recursion, which
 * a hostile depth would exhaust.
 * @throws invalidSyntax when a key stands twice in one object (parsers differ in which of the two they believe), or
 * when the nesting is deeper than any resource's
 */
function refuseAmbiguity(text: string): void {
  const scanner = createScanner(text, true);
  // For each open object the names so far; for each open list none.
  const open: (Set<string> | undefined)[] = [];
  let last = '';
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const first = text[scanner.getTokenOffset()];
    if (first === '{' || first === '[') {
      if (open.length === MAX_DEPTH)
        throw new ScimError('invalidSyntax', `the body nests deeper than ${MAX_DEPTH} levels`);
      open.push(first === '{' ? new Set() : undefined);
    } else if (first === '}' || first === ']') {
      open.pop();
    } else if (first === '"') {
      last = scanner.getTokenValue();
    } else if (first === ':') {
      const names = open.at(-1);
      if (names?.has(last))
        throw new ScimError('invalidSyntax', `the body has the key ${shown(last)} twice in one object`);
      names?.add(last);
    }
  }
}

/** The parser compares by letter; codings have no case, and x-gzip is gzip's old name (RFC 9110 §8.4.1). */
function codingOf(context: Context): string {
  const coding = context.get('Content-Encoding').trim().toLowerCase() || 'identity';
  return coding === 'x-gzip' ? 'gzip' : coding;
}

/**
 * Reads a JSON body, whatever JSON media type it claims, or none (docs/okta-agent.md, Headers).
 * @param limit  unit: bytes
 * @param limitName  named in the 413 text, as SCIM 1.1 API §3.5 demands for bulk
 * @throws unsupportedMediaType, tooLarge, invalidSyntax
 */
export function jsonBody(limit: number, limitName: string): (context: Context) => Promise<object> {
  const parse = bodyParser({ enableTypes: ['json'], detectJSON: () => true, strict: false, jsonLimit: `${limit}b` });
  return async (context) => {
    // null: there is no body, whose type would matter.
    if (context.get('Content-Type') !== '' && context.is(JSON_TYPES) === false) {
      const [found = ''] = context.get('Content-Type').split(';');
      throw new ScimError('unsupportedMediaType', `Content-Type must be application/json, found ${shown(found)}`);
    }
    // Others hold ASCII where UTF-8 does; these never do.
    if (/^(utf-?(16|32)|ucs)/i.test(context.request.charset)) throw new ScimError('unsupportedMediaType', NOT_UTF8);
    context.req.headers['content-encoding'] = codingOf(context);
    try {
      await parse(context as never, async () => undefined);
    } catch (error) {
      throw translate(error, limit, limitName);
    }
    const { body, rawBody } = context.request as unknown as { body: unknown; rawBody?: string };
    if (rawBody === undefined || rawBody.trim() === '')
      throw new ScimError('invalidSyntax', 'the body is empty; send a JSON object');
    // What the decoder puts where bytes are no UTF-8. Sent as such, it marks a text that was damaged before.
    if (rawBody.includes('\ufffd')) {
      throw new ScimError('invalidSyntax', DAMAGED);
    }
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new ScimError('invalidSyntax', 'the body must be a JSON object');
    }
    refuseAmbiguity(rawBody);
    const hint = context.state.mount.protocol.hint(body);
    if (hint !== undefined) context.state.hint ??= hint;
    return body;
  };
}

function translate(error: unknown, limit: number, limitName: string): unknown {
  if (!isFault(error)) return error;
  if (error.type === 'entity.too.large') {
    return new ScimError('tooLarge', `the body exceeds ${limitName} (${limit} bytes)`, { cause: error });
  }
  if (error.type === 'encoding.unsupported' || error.type === 'charset.unsupported' || error.status === 415) {
    return new ScimError('unsupportedMediaType', NOT_UTF8, { cause: error });
  }
  if (error.code?.startsWith('Z_') || error.code?.startsWith('ERR_')) {
    return new ScimError(
      'invalidSyntax',
      'the body cannot be decompressed; its Content-Encoding does not tell the truth',
      {
        cause: error,
      },
    );
  }
  if (error instanceof SyntaxError) {
    if (error.message.includes('prototype'))
      return new ScimError('invalidSyntax', 'the body has the key "__proto__"; leave it out');
    // What the decoder makes of UTF-16 and the like that nobody announced.
    if (/[\0\ufffd]/.test(error.body ?? '')) return new ScimError('invalidSyntax', DAMAGED);
    // V8's text quotes the body; it may hold a password.
    return new ScimError('invalidSyntax', 'the body is not valid JSON');
  }
  // The client hung up, or sent less than it had announced.
  if (error.status === 400) return new ScimError('invalidSyntax', 'the body did not arrive whole', { cause: error });
  return error;
}
