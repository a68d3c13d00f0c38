import type { Argv, CommandModule } from 'yargs';
import { columnNames } from '../../cli/column-names.ts';
import { example } from '../../cli/example.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { openInput } from '../../host/named-input.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { examplesOf, madeNow, type PreviewArguments, previewOptions, reporting } from '../import/preview-arguments.ts';

interface MatchArguments extends PreviewArguments {
  readonly 'okta-export': string;
  readonly field: string;
  readonly columns?: string | undefined;
}

export const preview: CommandModule<object, MatchArguments> = {
  command: 'preview',
  describe:
    'Tell who of an export of Okta is linked, new or ambiguous, and what pushes would overwrite; writes nothing',
  builder: (yargs: Argv) =>
    previewOptions(yargs)
      .option('okta-export', {
        type: 'string',
        requiresArg: true,
        demandOption: true,
        describe: "CSV of Okta's users, with a header; - reads stdin",
      })
      .option('field', {
        type: 'string',
        requiresArg: true,
        default: 'userName',
        describe: 'Okta\'s "Unique user field name"',
      })
      .option('columns', {
        type: 'string',
        requiresArg: true,
        describe: 'What columns are whose names do not tell: badge=userName,notes=',
      })
      .example(...example('match preview --okta-export users.csv', 'before people are assigned to the app'))
      .example(...example('match preview --okta-export users.csv --columns title=', 'title is not mapped in Okta')),
  handler: (given) => reporting(given, (write) => show(given, write)),
};

async function show(given: MatchArguments, write: ((page: string) => void) | undefined): Promise<void> {
  const terminal = new Terminal(given);
  const columns = columnNames(given.columns);
  const file = given['okta-export'];
  // Opened at once: root then becomes the account of the service, which may not.
  const input = openInput(file === '-' || file === '' ? undefined : file);
  const [{ loadAloud }, { chosenApps, onlyApp }, { previewMatch }, { watched }, text, { pageWidth }] =
    await Promise.all([
      import('../../cli/load.ts'),
      import('../../cli/chosen-app.ts'),
      import('../../../connector/operations/preview/preview-match.ts'),
      import('../../cli/watched.ts'),
      import('../../terminal/match-text.ts'),
      import('../../terminal/line-width.ts'),
    ]);
  const { config } = await loadAloud(given, terminal, 'refuse');
  const app = onlyApp(chosenApps(config, given.app), 'configured');
  const seen = await watched(given.quiet ?? false, (watching) =>
    previewMatch(config, app, input.stream, { ...watching, examples: examplesOf(given), field: given.field, columns }),
  );
  if (write) {
    const { matchReport } = await import('../../../connector/operations/preview/match-report.ts');
    write(matchReport(seen, madeNow(), text.matchConclusion(seen)));
  }
  if (terminal.json) terminal.printJson(seen);
  else terminal.print(text.matchText(seen, pageWidth(process.stdout)));
  if (write) terminal.info(`the report is in ${given.html}; it holds people`);
  process.exitCode = seen.ok ? EXIT.ok : EXIT.found;
}
