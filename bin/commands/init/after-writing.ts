import type { Config } from '../../../connector/config/config.ts';
import type { FirstCredential } from '../../../connector/operations/credential/first-credential.ts';
import { originOf } from '../../../connector/run/origin.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { widthOf } from '../../terminal/line-width.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { quoted } from '../../terminal/wording.ts';

/** As a command finds it that is called next: with what was just written. */
async function loaded(file: string, terminal: Terminal): Promise<Config> {
  const { loadAloud } = await import('../../cli/load.ts');
  const given: GlobalArguments = { config: file };
  return (await loadAloud(given, terminal)).config;
}

/** What `doctor` finds, and the sheet for Okta. @param file  of the configuration. @param credentials  just made */
export async function showWhatIsThere(
  file: string,
  credentials: readonly FirstCredential[],
  terminal: Terminal,
): Promise<void> {
  const [
    { examine },
    { nextStep, summaryLines, tryLines },
    { programName },
    { sheetOf },
    { sheetText },
    { serviceStart },
  ] = await Promise.all([
    import('../../../connector/operations/doctor/examine.ts'),
    import('../../terminal/doctor-text.ts'),
    import('../../host/program-name.ts'),
    import('../../../connector/operations/okta/okta-sheet.ts'),
    import('../../terminal/okta-text.ts'),
    import('../../host/service-start.ts'),
  ]);
  const config = await loaded(file, terminal);
  const [app] = config.apps;
  if (!app) return;
  const command = (line: string): string =>
    line.startsWith('scim-connector ')
      ? `${line.replace('scim-connector', programName())} --config ${quoted(file)}`
      : line;
  const options = { width: widthOf(process.stdout), command };
  const { fix } = serviceStart(file);
  const start = fix === undefined ? undefined : 'system' in fix ? fix.system : `scim-connector ${fix.ours}`;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const [made] = credentials;
  const started = {
    baseUrl: `${originOf(config, config.server.listen.port)}${app.path}`,
    ...(made ? { made } : {}),
  };
  terminal.print('\nDoctor, which plays what Okta does and writes nothing:');
  const tried = [];
  for await (const one of examine(
    { config, app },
    { signal: stop.signal, ...(start === undefined ? {} : { start }) },
  )) {
    tried.push(one);
    terminal.print(tryLines(one, options));
  }
  terminal.print(summaryLines(tried, nextStep({ isTarget: false, isWritten: false, isClean: false }), options));
  terminal.print(`\n${sheetText(await sheetOf(config, app, started), 'text')}`);
}
