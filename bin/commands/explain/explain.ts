import type { Argv, CommandModule } from 'yargs';
import type { Journal } from '../../../connector/operations/explain/explain.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { CommandError } from '../../cli/command-error.ts';
import { example } from '../../cli/example.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { shortOptions } from '../../cli/setting-flags.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { codes } from './codes.ts';
import { filter } from './filter.ts';

interface ExplainArguments extends GlobalArguments {
  readonly question?: readonly string[] | undefined;
}

/** Words without quotes are one text; `-` is what comes from stdin. */
async function askedIn(words: readonly string[]): Promise<string> {
  // Yargs loses a dash in a list of words.
  if (words.length > 0 || !process.argv.includes('-')) return words.join(' ');
  const [{ readFileSync }, { decodeText }] = await Promise.all([
    import('node:fs'),
    import('../../../connector/text/decode-text.ts'),
  ]);
  return decodeText(readFileSync(0), 'standard input');
}

/** What a text tells by itself is told also where there is no configuration, or none that may be read. */
async function journalOf(given: GlobalArguments): Promise<Journal> {
  const [{ load }, { openedJournal }, { failureOf }] = await Promise.all([
    import('../../cli/load.ts'),
    import('../../../connector/operations/opened-journal.ts'),
    import('../../../connector/operations/failure.ts'),
  ]);
  try {
    const journal = await openedJournal((await load(given)).config);
    if (journal.caveat !== undefined) new Terminal(given).warn(journal.caveat);
    return journal;
  } catch (error) {
    const { message, isBug } = failureOf(error);
    if (isBug && !(error instanceof CommandError)) throw error;
    return { none: message };
  }
}

export const explain: CommandModule<object, ExplainArguments> = {
  command: 'explain [question..]',
  describe: 'Explain a failed task: what Okta wanted, what was done, whose fault it is, and the fix',
  builder: (yargs: Argv) =>
    yargs
      .command([filter, codes] as unknown as CommandModule[])
      .options(shortOptions)
      .positional('question', {
        type: 'string',
        array: true,
        describe: 'A reference, a code, or the text of the task in quotes; - reads stdin',
      })
      .example(...example('explain K7Q2-91XM', 'by the reference at the end of the text'))
      .example(...example(`explain '… userName "jdoe" is already in use …'`, 'by all of the text'))
      .example(...example('explain directory-bind-refused', 'by a code, without any configuration')),
  handler: async ({ question = [], ...given }) => {
    const asked = (await askedIn(question)).trim();
    if (asked === '')
      throw new CommandError(EXIT.usage, 'explain what? Give a reference, a code or a text, or - for stdin');
    const terminal = new Terminal(given);
    const [{ explain: explainText }, { explanationText }, { widthOf }] = await Promise.all([
      import('../../../connector/operations/explain/explain.ts'),
      import('../../terminal/explanation-text.ts'),
      import('../../terminal/line-width.ts'),
    ]);
    let journal: Journal | undefined;
    const explanation = await explainText(asked, async () => {
      journal = await journalOf(given);
      return journal;
    });
    if (journal && 'close' in journal) await journal.close();
    if (terminal.json) terminal.printJson(explanation);
    else terminal.print(explanationText(explanation, widthOf(process.stdout)));
    process.exitCode = explanation.found ? EXIT.ok : EXIT.unexpected;
  },
};
