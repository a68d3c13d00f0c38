import type { Argv, CommandModule } from 'yargs';
import type { EventFilter } from '../../connector/operations/events/events.ts';
import { eventFilter } from '../cli/event-filter.ts';
import { example } from '../cli/example.ts';
import type { JournalHere } from '../cli/journal-here.ts';
import { type JournalArguments, journalOptions, limitOf } from '../cli/journal-options.ts';
import { pageWidth } from '../terminal/line-width.ts';
import { Terminal } from '../terminal/terminal.ts';

export interface EventsArguments extends JournalArguments {
  readonly follow?: boolean | undefined;
  readonly user?: string | undefined;
  readonly outcome?: string | undefined;
  readonly message?: string | undefined;
}

const LIMIT = 100;
/** Before the first one that is waited for. */
const LIMIT_FOLLOWED = 10;

/** Ctrl-C, once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  process.once('SIGTERM', () => controller.abort());
  return controller.signal;
}

async function printEvents(
  given: EventsArguments,
  filter: EventFilter,
  { journal, apps, isShared }: JournalHere,
): Promise<void> {
  const [{ followEvents, latestEvents }, { EventPrinter }] = await Promise.all([
    import('../../connector/operations/events/events.ts'),
    import('../terminal/record/event-printer.ts'),
  ]);
  const terminal = new Terminal(given);
  const printer = new EventPrinter(terminal, {
    width: pageWidth(process.stdout),
    isWhole: given.verbose ?? false,
    withApp: apps.length > 1,
    withNode: isShared,
  });
  const after = await journal.last();
  const latest = await latestEvents(journal, filter, limitOf(given, given.follow ? LIMIT_FOLLOWED : LIMIT));
  await printer.print(latest);
  if (!given.follow) {
    if (latest.length === 0) terminal.info('no such record in the journal');
    return;
  }
  const shown = new Set(latest.map(({ seq }) => seq));
  for await (const records of followEvents(journal, filter, { after, signal: interruption() }))
    await printer.print(records.filter(({ seq }) => !shown.has(seq)));
}

export const events: CommandModule<object, EventsArguments> = {
  command: 'events',
  describe: 'Show what Okta wanted lately and what became of it, also as it happens',
  builder: (yargs: Argv) =>
    journalOptions(yargs)
      .option('follow', { alias: 'f', type: 'boolean', describe: 'Go on until Ctrl-C' })
      .option('user', {
        type: 'string',
        requiresArg: true,
        describe: 'Naming this user or group, by name, id or address',
      })
      .option('outcome', { type: 'string', requiresArg: true, describe: 'done, refused, failed, not-done, unknown' })
      .option('message', { type: 'string', requiresArg: true, describe: "Okta's name of it, such as createNewUser" })
      .example(...example('events --follow', 'while somebody clicks in Okta'))
      .example(...example('events --outcome refused,failed --since 2h', 'what went wrong lately'))
      .example(...example('events --json --limit 1 | jq .ref', 'a line of JSON for each')),
  handler: async (given) => {
    const filter = eventFilter(given);
    limitOf(given, LIMIT);
    const { withJournal } = await import('../cli/journal-here.ts');
    await withJournal(given, (here) => printEvents(given, filter, here));
  },
};
