import type { Json } from '../protocol/json.ts';
import type { Context } from './context.ts';

export function send(context: Context, status: number, body: Json): void {
  context.status = status;
  context.type = context.state.mount.protocol.mediaType;
  context.body = JSON.stringify(body);
}
