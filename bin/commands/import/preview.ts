import type { Argv, CommandModule } from 'yargs';
import { example } from '../../cli/example.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { examplesOf, madeNow, type PreviewArguments, previewOptions, reporting } from './preview-arguments.ts';

export const preview: CommandModule<object, PreviewArguments> = {
  command: 'preview',
  describe: "Read everybody as Okta's import does, and tell whom it would refuse; writes nothing",
  builder: (yargs: Argv) =>
    previewOptions(yargs)
      .example(...example('import preview --config connector.toml', 'before "Import Now", also while the server runs'))
      .example(...example('import preview --html preview.html', 'the same as a page with charts'))
      .example(...example('import preview --all --json', 'everybody who is concerned, for a script')),
  handler: (given) => reporting(given, (write) => show(given, write)),
};

async function show(given: PreviewArguments, write: ((page: string) => void) | undefined): Promise<void> {
  const terminal = new Terminal(given);
  const [{ loadAloud }, { chosenApps, onlyApp }, { previewImport }, { watched }, text, { pageWidth }] =
    await Promise.all([
      import('../../cli/load.ts'),
      import('../../cli/chosen-app.ts'),
      import('../../../connector/operations/preview/preview-import.ts'),
      import('../../cli/watched.ts'),
      import('../../terminal/preview-text.ts'),
      import('../../terminal/line-width.ts'),
    ]);
  const { config } = await loadAloud(given, terminal, 'refuse');
  const app = onlyApp(chosenApps(config, given.app), 'configured');
  const seen = await watched(given.quiet ?? false, (watching) =>
    previewImport(config, app, { ...watching, examples: examplesOf(given) }),
  );
  if (write) {
    const { importReport } = await import('../../../connector/operations/preview/import-report.ts');
    write(importReport(seen, madeNow(), text.importConclusion(seen)));
  }
  if (terminal.json) terminal.printJson(seen);
  else terminal.print(text.importText(seen, pageWidth(process.stdout)));
  if (write) terminal.info(`the report is in ${given.html}; it holds people`);
  process.exitCode = seen.ok ? EXIT.ok : EXIT.found;
}
