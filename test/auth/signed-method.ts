import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Method, Verdict } from '../../connector/auth/method.ts';

const HEADER = 'X-Signature';

export const signature = (name: string, secret: string): string =>
  `${name}:${createHmac('sha256', secret).update(name).digest('hex')}`;

/** A fourth method: the client signs its name with a shared secret and sends both, the secret never travels. */
export const signedMethod = (secret: string): Method => ({
  header: HEADER,
  challenge: 'Signature realm="scim-connector"',
  judge: async (headers: IncomingHttpHeaders): Promise<Verdict> => {
    const sent = Buffer.from(String(headers[HEADER.toLowerCase()] ?? ''));
    if (sent.length === 0)
      return { refused: `the request has no ${HEADER} header`, counts: false, fault: 'credential-missing' };
    const [name = ''] = sent.toString().split(':');
    const right = Buffer.from(signature(name, secret));
    return sent.length === right.length && timingSafeEqual(sent, right)
      ? { actor: name }
      : { refused: 'the signature is not that of the name', counts: true, fault: 'token-unknown' };
  },
});
