import yargs, { type Argv, type CommandModule } from 'yargs';
import { alert } from '../commands/alert/alert.ts';
import { audit } from '../commands/audit/audit.ts';
import { bundle } from '../commands/bundle.ts';
import { cert } from '../commands/cert/cert.ts';
import { check } from '../commands/check.ts';
import { completion } from '../commands/completion.ts';
import { config } from '../commands/config/config.ts';
import { data } from '../commands/data/data.ts';
import { doctor } from '../commands/doctor.ts';
import { entitlement } from '../commands/entitlement/entitlement.ts';
import { events } from '../commands/events.ts';
import { explain } from '../commands/explain/explain.ts';
import { help } from '../commands/help.ts';
import { hold } from '../commands/hold/hold.ts';
import { importVerbs } from '../commands/import/import.ts';
import { init } from '../commands/init/init.ts';
import { map } from '../commands/map/map.ts';
import { match } from '../commands/match/match.ts';
import { mode } from '../commands/mode.ts';
import { okta } from '../commands/okta/okta.ts';
import { secret } from '../commands/secret/secret.ts';
import { serve } from '../commands/serve/serve.ts';
import { service } from '../commands/service/service.ts';
import { simulate } from '../commands/simulate.ts';
import { status } from '../commands/status.ts';
import { token } from '../commands/token/token.ts';
import { trace } from '../commands/trace.ts';
import { trust } from '../commands/trust/trust.ts';
import { rollback } from '../commands/upgrade/rollback.ts';
import { upgrade } from '../commands/upgrade/upgrade.ts';
import { version } from '../commands/version.ts';
import { globalOptions } from './arguments.ts';
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-codes.ts';
import { checkFlagValues } from './flag-values.ts';
import { settingOptions } from './setting-flags.ts';
import { usageMessage } from './usage.ts';
import { release } from './version.ts';

/** In the order of the help. */
export const commands = [
  init,
  service,
  serve,
  doctor,
  simulate,
  status,
  check,
  explain,
  trace,
  events,
  bundle,
  hold,
  mode,
  okta,
  token,
  secret,
  cert,
  trust,
  data,
  importVerbs,
  entitlement,
  match,
  map,
  alert,
  audit,
  config,
  upgrade,
  rollback,
  help,
  version,
  completion,
] as unknown as readonly CommandModule[];

/** Also of a flag: `help --json` is not a page. */
export const isVerb = (word: string): boolean =>
  word.startsWith('-') || commands.some(({ command }) => /^\S*/.exec(String(command))?.[0] === word);

/** The command line. Nothing is run before `parseAsync`. */
export function cli(words: readonly string[], width: number): Argv {
  const root = yargs([...words])
    .scriptName('scim-connector')
    .locale('en')
    .parserConfiguration({
      // `--server.http` is one name, as in the file.
      'dot-notation': false,
      'camel-case-expansion': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .usage('Usage: $0 VERB [flags]\n\nConnects Okta to the people in a system behind your firewall. SCIM 1.1 and 2.0.')
    .options(globalOptions)
    .options(settingOptions(words))
    // In this order, so that a verb's own flags come before those of all verbs.
    .group('config', 'Options:')
    .group(['json', 'quiet', 'verbose', 'color', 'help', 'version'], 'Everywhere:')
    .command([...commands])
    .demandCommand(1, 'no verb given')
    .strict()
    .check((given, known) => checkFlagValues(given, words, known))
    .version(release.version)
    .help()
    .wrap(width)
    .epilogue('Settings: docs/configuration.md, or "config example". Each is also a flag: --server.deadline 20s.')
    .exitProcess(false);
  root.fail((message, error) => {
    // A flag without its value is thrown by yargs itself; what "check" finds comes as a text.
    if (error instanceof Error && error.name !== 'YError') throw error;
    throw new CommandError(EXIT.usage, usageMessage(message ?? error.message, words, root));
  });
  return root;
}
