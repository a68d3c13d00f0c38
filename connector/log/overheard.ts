import { EVENTS, type EventName } from './event.ts';
import type { Log } from './log.ts';

/** A line that has an event's number. */
export interface HeardEvent {
  readonly name: EventName;
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const BY_ID: ReadonlyMap<unknown, EventName> = new Map(
  Object.entries(EVENTS).map(([name, { id }]) => [id, name as EventName]),
);

/** The same log, whose events somebody hears. @param hear  must not throw */
export function overheard(log: Log, hear: (event: HeardEvent) => void): Log {
  const heard =
    (level: HeardEvent['level']) =>
    (fields: object, text: string): void => {
      log[level](fields, text);
      if (!('event' in fields)) return;
      const name = BY_ID.get(fields.event);
      if (name !== undefined) hear({ name, level, text, fields: { ...fields } });
    };
  return {
    trace: (fields, text) => log.trace(fields, text),
    debug: (fields, text) => log.debug(fields, text),
    info: heard('info'),
    warn: heard('warn'),
    error: heard('error'),
  };
}
