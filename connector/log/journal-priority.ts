import { fstatSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** syslog(3), by the level that a line begins with. */
const PRIORITY: Readonly<Record<string, number>> = { fatal: 2, error: 3, warn: 4, info: 6, debug: 7, trace: 7 };

const priorityOf = (line: string): number => PRIORITY[/^\{"level":"([a-z]+)"/.exec(line)?.[1] ?? ''] ?? 6;

/** Whether what is written to `fd` goes to the systemd journal (systemd.exec(5), JOURNAL_STREAM). */
export function isJournal(fd: number, stream = process.env['JOURNAL_STREAM']): boolean {
  if (stream === undefined || stream === '') return false;
  try {
    const { dev, ino } = fstatSync(fd, { bigint: true });
    return stream === `${dev}:${ino}`;
  } catch {
    return false;
  }
}

/** JSON lines with their level as the journal reads it, and takes it away again (sd-daemon(3)). */
export const withPriority = (lines: DestinationStream): DestinationStream => ({
  write: (line) => lines.write(`<${priorityOf(line)}>${line}`),
});
