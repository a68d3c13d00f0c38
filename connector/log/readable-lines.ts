import type { DestinationStream } from 'pino';
import { onOneLine } from './printable.ts';

/** What a line is made of, as pino writes it. */
interface Written {
  readonly msg?: string;
  readonly detail?: unknown;
  readonly err?: { readonly stack?: unknown };
}

/** The reason stands beside what happened, not behind the circumstances. */
function withReason(line: Written): Written {
  const { msg = '', detail, ...rest } = line;
  const other = typeof detail === 'string' || detail === undefined ? rest : { ...rest, detail };
  return { ...other, msg: onOneLine(typeof detail === 'string' ? `${msg}: ${detail}` : msg) };
}

/**
 * JSON lines for people: time, level, what happened, and the circumstances behind it. One event is one line; only a
 * stack, which there is of what nobody foresaw, takes more.
 */
export async function readableLines(color: boolean, lines: DestinationStream): Promise<DestinationStream> {
  // In the process and not in a worker thread: a packaged executable has no file for the worker to load.
  const { prettyFactory } = await import('pino-pretty');
  const options = { colorize: color, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname', singleLine: true };
  const ordinary = prettyFactory({ ...options, errorLikeObjectKeys: [] });
  const withStack = prettyFactory({ ...options, errorLikeObjectKeys: ['err'] });
  return {
    write(text) {
      const line = withReason(JSON.parse(text));
      const format = line.err?.stack === undefined ? ordinary : withStack;
      lines.write(format(line));
    },
  };
}
