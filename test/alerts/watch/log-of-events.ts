import type { Log } from '../../../connector/log/log.ts';

/** What was written with an event's number, as `201 hr`. */
export function logOfEvents(): { readonly log: Log; readonly events: string[]; readonly texts: string[] } {
  const events: string[] = [];
  const texts: string[] = [];
  const hear = (fields: object, text: string): void => {
    const { event, app, address } = fields as { event: number; app?: string; address?: string };
    events.push([event, app, address].filter((part) => part !== undefined).join(' '));
    texts.push(text);
  };
  return { log: { trace: hear, debug: hear, info: hear, warn: hear, error: hear }, events, texts };
}
