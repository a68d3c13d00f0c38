import { type Node, parseTree } from 'jsonc-parser';
import bodyParser from 'koa-bodyparser';
import { ScimError } from '../scim/error.ts';
import type { Context } from './context.ts';

const JSON_TYPES = ['application/json', 'application/*+json', 'text/json'];
const MAX_DEPTH = 64;

const isFault = (error: unknown): error is Error & { type?: string; status?: number } => error instanceof Error;

/** @throws invalidSyntax when a key stands twice in one object: parsers differ in which of the two they believe */
function refuseDuplicates(text: string): void {
  const visit = (node: Node, depth: number): void => {
    if (depth > MAX_DEPTH) throw new ScimError('invalidSyntax', `the body nests deeper than ${MAX_DEPTH} levels`);
    if (node.type === 'object') {
      const names = new Set<string>();
      for (const property of node.children ?? []) {
        const name = String(property.children?.[0]?.value);
        if (names.has(name)) throw new ScimError('invalidSyntax', `the body has the key "${name}" twice in one object`);
        names.add(name);
      }
    }
    for (const child of node.children ?? []) visit(child, depth + 1);
  };
  const tree = parseTree(text);
  if (tree) visit(tree, 0);
}

/**
 * Reads a JSON body, whatever JSON media type it claims, or none (Okta contract §6.5).
 * @param limit  unit: bytes
 * @param limitName  named in the 413 text, as SCIM 1.1 API §3.5 demands for bulk
 * @throws unsupportedMediaType, tooLarge, invalidSyntax
 */
export function jsonBody(limit: number, limitName: string): (context: Context) => Promise<unknown> {
  const parse = bodyParser({ enableTypes: ['json'], detectJSON: () => true, jsonLimit: `${limit}b` });
  return async (context) => {
    if (context.get('Content-Type') !== '' && !context.is(JSON_TYPES)) {
      const found = context.get('Content-Type').split(';')[0];
      throw new ScimError('unsupportedMediaType', `Content-Type must be application/json, found ${found}`);
    }
    try {
      await parse(context as never, async () => undefined);
    } catch (error) {
      throw translate(error, limit, limitName);
    }
    const { body, rawBody } = context.request as unknown as { body: unknown; rawBody?: string };
    if (rawBody === undefined || rawBody.trim() === '')
      throw new ScimError('invalidSyntax', 'the body is empty; send a JSON object');
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new ScimError('invalidSyntax', 'the body must be a JSON object');
    }
    refuseDuplicates(rawBody);
    return body;
  };
}

function translate(error: unknown, limit: number, limitName: string): unknown {
  if (!isFault(error)) return error;
  if (error.type === 'entity.too.large') {
    return new ScimError('tooLarge', `the body exceeds ${limitName} (${limit} bytes)`, { cause: error });
  }
  if (error.type === 'encoding.unsupported' || error.type === 'charset.unsupported' || error.status === 415) {
    return new ScimError('unsupportedMediaType', 'the body must be UTF-8 text, plain or compressed with gzip', {
      cause: error,
    });
  }
  // V8's text quotes the body; it may hold a password.
  if (error instanceof SyntaxError || error.status === 400)
    return new ScimError('invalidSyntax', 'the body is not valid JSON');
  return error;
}
