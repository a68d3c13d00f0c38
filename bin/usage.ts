import type { Argv } from 'yargs';
import { closest } from '../connector/config/problem.ts';

/** The part of yargs that its types leave out. */
interface Known {
  getOptions(): { readonly key: Readonly<Record<string, unknown>>; readonly hiddenOptions: readonly string[] };
  getInternalMethods(): {
    getCommandInstance(): { getCommands(): readonly string[] };
    getContext(): { readonly commands: readonly string[]; readonly fullCommands: readonly string[] };
  };
}

const NO_FLAGS = ['$0', '_'];

function unknown(name: string, flags: readonly string[], verbs: readonly string[], words: readonly string[]): string {
  const typed = words.find((word) => word === `--${name}` || word.startsWith(`--${name}=`) || word === `--no-${name}`);
  const isFlag = typed !== undefined || words.includes(`-${name}`);
  const near = closest(name, isFlag ? flags : verbs);
  const hint = near === undefined ? '' : `; did you mean ${isFlag ? `--${near}` : JSON.stringify(near)}?`;
  // Not quoted: it may be the value of a secret.
  if (!isFlag && verbs.length === 0) return 'an argument too many';
  return `unknown ${isFlag ? `flag --${name}` : `verb ${JSON.stringify(name)}`}${hint}`;
}

/** `command` as it was declared: `add <name>`. */
const missing = (command: string): string =>
  `${[...command.matchAll(/<(\S+)>/g)].map(([, name = '']) => name.toUpperCase()).join(' and ') || 'an argument'} is missing`;

/** Yargs' complaint as one line that says what to type instead. */
export function usageMessage(message: string, words: readonly string[], root: Argv): string {
  const known = root as unknown as Known;
  const internal = known.getInternalMethods();
  const { commands, fullCommands } = internal.getContext();
  const verb = commands.join(' ');
  const help = `(scim-connector ${verb === '' ? '' : `${verb} `}--help)`;
  const [, names] = /^Unknown (?:arguments?|commands?): (.*)$/.exec(message) ?? [];
  if (message.startsWith('Not enough non-option arguments')) return `${missing(fullCommands.at(-1) ?? '')} ${help}`;
  if (names === undefined)
    return `${message.charAt(0).toLowerCase()}${message.slice(1).replaceAll(/\s*\n\s*/g, ' ')} ${help}`;
  const flags = Object.keys(known.getOptions().key).filter((key) => !NO_FLAGS.includes(key));
  const verbs = internal.getCommandInstance().getCommands();
  return `${names
    .split(', ')
    .map((name) => unknown(name, flags, verbs, words))
    .join(', ')} ${help}`;
}
