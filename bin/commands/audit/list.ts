import type { Argv, CommandModule } from 'yargs';
import type { StoredAudit } from '../../../connector/audit/audit-entry.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { CommandError } from '../../cli/command-error.ts';
import { example } from '../../cli/example.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { table } from '../../terminal/table.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { toSeconds } from '../../terminal/wording.ts';

interface ListArguments extends GlobalArguments {
  readonly app?: string | undefined;
  readonly since?: string | undefined;
  readonly limit?: string | undefined;
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `2h` ago, or `2026-11-28T02:00Z`. @throws CommandError usage */
function sinceOf(text: string, now: number): number {
  const [, count, unit] = /^(\d{1,4})([mhdw])$/.exec(text) ?? [];
  const at = unit === undefined ? Date.parse(text) : now - Number(count) * (UNITS[unit] ?? 0);
  if (Number.isFinite(at)) return at;
  throw new CommandError(EXIT.usage, '--since takes a span such as 30m, 12h, 7d, or a time such as 2026-11-28T02:00Z');
}

function limitOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new CommandError(EXIT.usage, `--limit must be a whole number from 1 to 999999, not ${JSON.stringify(text)}`);
}

const what = ({ action, outcome, type, name, id, changed, details, ref }: StoredAudit): string =>
  [
    outcome === 'done' ? action : `${action} (${outcome})`,
    type,
    name ?? id,
    changed?.join(', '),
    ...Object.entries(details ?? {}).map(([key, value]) => `${key} ${value}`),
    ref === undefined ? undefined : `ref ${ref}`,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join('  ');

const row = (entry: StoredAudit): readonly string[] => [
  String(entry.seq),
  toSeconds(entry.time),
  entry.actor || entry.by,
  entry.app || 'all',
  what(entry),
];

export const list: CommandModule<object, ListArguments> = {
  command: 'list',
  describe: 'List the last changes: who, when, what',
  builder: (yargs: Argv) =>
    yargs
      .option('app', { type: 'string', requiresArg: true, describe: 'Only of this app' })
      .option('since', { type: 'string', requiresArg: true, describe: 'Not older than 12h, 7d or 2026-11-28T02:00Z' })
      .option('limit', { type: 'string', requiresArg: true, describe: 'Most entries; 50 by default' })
      .example(...example('audit list --since 24h', 'what changed since yesterday'))
      .example(...example("audit list --json | jq -r '.[].actor' | sort | uniq -c", 'who, how often')),
  handler: async (given) => {
    const [{ load }, { listAudit }] = await Promise.all([
      import('../../cli/load.ts'),
      import('../../../connector/operations/audit/audit-log.ts'),
    ]);
    const terminal = new Terminal(given);
    const since = given.since === undefined ? undefined : sinceOf(given.since, Date.now());
    const limit = limitOf(given.limit ?? '50');
    const { config } = await load(given);
    const entries = listAudit({ stateDir: config.state_dir }, { app: given.app, since, limit });
    if (terminal.json) terminal.printJson(entries);
    else if (entries.length === 0) terminal.info('no entry');
    else terminal.print(table([['NO', 'TIME', 'WHO', 'APP', 'WHAT'], ...entries.map(row)]));
  },
};
