import { ScimError } from '../../scim/error.ts';
import type { Context } from '../context.ts';

const FORM = 'application/x-www-form-urlencoded';
/** An assertion with a chain of certificates takes a few. Unit: bytes. */
const LARGEST = 16 * 1024;

/**
 * The parameters of a form, each of which may stand there once (RFC 6749 §3.2). Those without a value count as absent.
 * @throws unsupportedMediaType, tooLarge, invalidSyntax
 */
export async function formBody(context: Context): Promise<ReadonlyMap<string, string>> {
  if (!context.is(FORM) || context.get('Content-Encoding') !== '')
    throw new ScimError('unsupportedMediaType', `the token request must be a form: Content-Type ${FORM}`, {
      fault: 'token-request-invalid',
    });
  const tooLarge = (): ScimError =>
    new ScimError('tooLarge', `the token request must not exceed ${LARGEST} bytes`, { fault: 'token-request-invalid' });
  if (Number(context.get('Content-Length')) > LARGEST) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of context.req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST) throw tooLarge();
    chunks.push(chunk);
  }
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(Buffer.concat(chunks).toString('utf8'))) {
    if (value === '') continue;
    if (form.has(name))
      throw new ScimError('invalidSyntax', 'the token request has a parameter twice; send each once', {
        fault: 'token-request-invalid',
      });
    form.set(name, value);
  }
  return form;
}
