import type { Argv } from 'yargs';
import type { GlobalArguments } from './arguments.ts';
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-codes.ts';
import { parseMoment } from './moment.ts';

/** Flags of what reads the journal. */
export interface JournalArguments extends GlobalArguments {
  readonly app?: string | undefined;
  readonly since?: string | undefined;
  readonly limit?: string | undefined;
}

export const journalOptions = (yargs: Argv): Argv =>
  yargs
    .option('app', { type: 'string', requiresArg: true, describe: 'Of this app alone' })
    .option('since', {
      type: 'string',
      requiresArg: true,
      describe: '30m, 2h, 7d, 14:30, 2026-11-28, "2026-11-28 14:30"',
    })
    .option('limit', { type: 'string', requiresArg: true, describe: 'How many at most, the newest' })
    .option('verbose', { alias: 'v', type: 'boolean', describe: 'Print whole records' });

const MOST = 100_000;

/** @throws CommandError usage */
export function limitOf({ limit }: JournalArguments, otherwise: number): number {
  if (limit === undefined) return otherwise;
  const count = Number(limit);
  if (/^\d{1,6}$/.test(limit) && count >= 1 && count <= MOST) return count;
  throw new CommandError(EXIT.usage, `--limit: must be a whole number from 1 to ${MOST}, not ${JSON.stringify(limit)}`);
}

/** @returns ms since 1970 @throws CommandError usage */
export const sinceOf = ({ since }: JournalArguments, now = Date.now()): number | undefined =>
  since === undefined ? undefined : parseMoment(since, now, '--since');
