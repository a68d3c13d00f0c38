import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../cli/arguments.ts';
import { CommandError } from '../cli/command-error.ts';
import { example } from '../cli/example.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { pageWidth } from '../terminal/line-width.ts';
import { Terminal } from '../terminal/terminal.ts';

interface HelpArguments extends GlobalArguments {
  readonly topic?: string | undefined;
}

const ENDING = /\.md$/;

/** Verbs with a page of the same name: `help audit` is the help of the verb. */
const VERBS: ReadonlySet<string> = new Set(['audit', 'doctor', 'events', 'simulate', 'status', 'trust', 'upgrade']);

const asAsked = (topic: string): string => (VERBS.has(topic) ? `${topic}.md` : topic);

async function listTopics(terminal: Terminal): Promise<void> {
  const [{ manual, titleOf }, { table }] = await Promise.all([
    import('../host/manual.ts'),
    import('../terminal/table.ts'),
  ]);
  const pages = Object.entries(manual());
  const topics = pages.map(([topic, page]) => ({ topic: asAsked(topic), title: titleOf(page) }));
  if (terminal.json) terminal.printJson(topics);
  else terminal.print(table(topics.map(({ topic, title }) => [topic, title])));
}

async function showPage(asked: string, terminal: Terminal): Promise<void> {
  const [{ manual }, { pageText }, { closest, suggestion }] = await Promise.all([
    import('../host/manual.ts'),
    import('../terminal/page-text.ts'),
    import('../../connector/config/load/problem.ts'),
  ]);
  const pages = manual();
  const name = asked.replace(ENDING, '').toLowerCase();
  const topics = Object.keys(pages);
  const topic = topics.find((one) => one.toLowerCase() === name);
  const page = topic === undefined ? undefined : pages[topic];
  if (page === undefined) {
    const near = closest(name, topics) === undefined ? '' : suggestion(name, topics);
    throw new CommandError(EXIT.usage, `there is no verb and no page "${asked}"${near}; "help topics" lists the pages`);
  }
  if (terminal.json) terminal.printJson({ topic, markdown: page });
  else terminal.print(pageText(page, Math.min(pageWidth(process.stdout), 100)));
}

/** `help VERB` never comes here: the program takes it for `VERB --help`. */
export const help: CommandModule<object, HelpArguments> = {
  command: 'help [topic]',
  describe: 'Show the help of a verb, or a page of the documentation, without a network',
  builder: (yargs: Argv) =>
    yargs
      .positional('topic', { type: 'string', describe: 'A verb, a page such as quickstart, or topics for the list' })
      .example(...example('help topics', 'which pages there are'))
      .example(...example('help troubleshooting | less', 'one of them')),
  handler: async ({ topic = 'topics', ...given }) => {
    const terminal = new Terminal(given);
    if (topic === 'topics') await listTopics(terminal);
    else await showPage(topic, terminal);
  },
};
