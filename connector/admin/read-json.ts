import type { IncomingMessage } from 'node:http';
import { AdminRefusal } from './admin-route.ts';

/** The JSON of a message, or undefined when it has no body. @param most  unit: bytes @throws AdminRefusal */
export async function readJson(message: IncomingMessage, most: number): Promise<unknown> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > most) throw new AdminRefusal(`more than ${most} bytes`);
    parts.push(part);
  }
  if (length === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw new AdminRefusal('no JSON');
  }
}
