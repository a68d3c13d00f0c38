import type { Json } from '../protocol/v1/encode.ts';
import type { Context } from './context.ts';

export function send(context: Context, status: number, body: Json): void {
  context.status = status;
  context.type = 'application/json';
  context.body = JSON.stringify(body);
}
