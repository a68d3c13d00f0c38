import { EVENTS, type EventName } from './event.ts';
import type { Log } from './log.ts';

/** What the parts that keep state need of a logger: whole sentences for the operator, never a secret. Pino fits. */
export interface Notices {
  info(text: string, event?: EventName): void;
  warn(text: string, event?: EventName): void;
}

/** Of a part whose failure must not pass for a warning. */
export interface Alarms extends Notices {
  error(text: string, event?: EventName): void;
}

const numbered = (event: EventName | undefined): object => (event === undefined ? {} : { event: EVENTS[event].id });

/** Sentences as lines of the log, with the number of the event. */
export const noticesTo = (log: Log): Alarms => ({
  info: (text, event) => log.info(numbered(event), text),
  warn: (text, event) => log.warn(numbered(event), text),
  error: (text, event) => log.error(numbered(event), text),
});
