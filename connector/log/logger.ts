import { type DestinationStream, type Logger, pino } from 'pino';
import { describeError } from './describe-error.ts';
import { isJournal, withPriority } from './journal-priority.ts';
import { LineWriter } from './line-writer.ts';
import { masked } from './masked.ts';
import { printable } from './printable.ts';
import { readableLines } from './readable-lines.ts';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  readonly format: 'auto' | 'json' | 'pretty';
  /** Where lines go instead of stderr. */
  readonly destination?: DestinationStream;
  readonly isTerminal?: boolean;
  readonly color?: boolean;
}

export interface ConnectorLog {
  readonly log: Logger;
  /** Writes what is still held back. Call it before the process ends. */
  flush(): void;
}

/** Personal and secret values appear in no line at `info` or above: see `describe-error.ts` and `masked.ts`. */
export async function createLogger(options: LoggerOptions): Promise<ConnectorLog> {
  const { level, format, isTerminal = process.stderr.isTTY ?? false, color = isTerminal } = options;
  const readable = format === 'pretty' || (format === 'auto' && isTerminal);
  const lines = new LineWriter(process.stderr.fd, (count) =>
    log.error({ lines: count }, 'lines of the log could not be written and are lost'),
  );
  const target = options.destination ?? lines;
  const marked = !readable && target === lines && isJournal(process.stderr.fd) ? withPriority(lines) : target;
  const shown: DestinationStream = { write: (line) => marked.write(printable(line)) };
  const stream = readable ? await readableLines(color, shown) : shown;
  const log: Logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }), log: (fields) => masked(fields) },
      serializers: { err: describeError(() => log.isLevelEnabled('debug')) },
    },
    stream,
  );
  return {
    log,
    flush: () => lines.flush(),
  };
}
