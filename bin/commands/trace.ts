import type { Argv, CommandModule } from 'yargs';
import type { Trace } from '../../connector/operations/trace/trace.ts';
import { CommandError } from '../cli/command-error.ts';
import { example } from '../cli/example.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { type JournalArguments, journalOptions, limitOf, sinceOf } from '../cli/journal-options.ts';
import { pageWidth } from '../terminal/line-width.ts';
import { Terminal } from '../terminal/terminal.ts';

interface TraceArguments extends JournalArguments {
  readonly who: string;
}

const LIMIT = 100;

async function show({ who, verbose }: TraceArguments, { subjects, records }: Trace, isShared: boolean): Promise<void> {
  const terminal = new Terminal({});
  const width = pageWidth(process.stdout);
  const [{ traceHead, severalText }, { fitted, recordLine }, { recordText }] = await Promise.all([
    import('../terminal/record/trace-text.ts'),
    import('../terminal/record/record-line.ts'),
    import('../terminal/record/record-text.ts'),
  ]);
  const [one, ...others] = subjects;
  if (!one || others.length > 0) return terminal.print(severalText(who, subjects, width));
  terminal.print(traceHead(one, width));
  const manner = {
    width,
    about: new Set(one.ids),
    withApp: one.apps.length > 1,
    withNode: isShared,
    ...fitted(records),
  };
  for (const record of records) terminal.print(verbose ? `\n${recordText(record)}` : recordLine(record, manner));
}

export const trace: CommandModule<object, TraceArguments> = {
  command: 'trace <who>',
  describe: 'Show what happened to a user or a group, change by change',
  builder: (yargs: Argv) =>
    journalOptions(
      yargs.positional('who', {
        type: 'string',
        demandOption: true,
        describe: 'userName, displayName, id or e-mail address, of now or before a change',
      }),
    )
      .example(...example('trace jdoe@example.com', 'what Okta did to somebody, and what became of it'))
      .example(...example('trace Sales --since 7d -v', 'all that is known of the last changes of a group'))
      .example(
        ...example("trace jdoe@example.com --json | jq -r '.[].ref'", 'in a script'),
      ) as unknown as Argv<TraceArguments>,
  handler: async (given) => {
    const terminal = new Terminal(given);
    const limit = limitOf(given, LIMIT);
    const since = sinceOf(given);
    if (given.who.trim() === '') throw new CommandError(EXIT.usage, 'WHO is empty; name a user or a group');
    const [{ withJournal }, { trace: traceOf }] = await Promise.all([
      import('../cli/journal-here.ts'),
      import('../../connector/operations/trace/trace.ts'),
    ]);
    const { values, isShared, found } = await withJournal(given, async ({ journal, values, isShared }) => ({
      values,
      isShared,
      found: await traceOf(journal, { ...given, since, limit }),
    }));
    const { cutText, missingText } = await import('../terminal/record/trace-text.ts');
    if (found.why) throw new CommandError(EXIT.nothing, missingText(given.who, found.why, values));
    if (terminal.json) terminal.printJson(found.records);
    else await show(given, found, isShared);
    if (found.isCut) terminal.info(cutText(limit));
  },
};
