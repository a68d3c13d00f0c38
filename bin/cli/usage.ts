import type { Argv } from 'yargs';
import { closest, suggestion } from '../../connector/config/load/problem.ts';

/** The part of yargs that its types leave out. */
interface Internals {
  getOptions(): { readonly key: Readonly<Record<string, unknown>>; readonly hiddenOptions: readonly string[] };
  getInternalMethods(): {
    getCommandInstance(): { getCommands(): readonly string[] };
    getContext(): { readonly commands: readonly string[]; readonly fullCommands: readonly string[] };
  };
}

const NO_FLAGS = ['$0', '_'];

const isLetter = (name: string): boolean => name.length === 1;

/** As it was typed: `-x` may stand in `-yx`. `undefined` for what is no flag. */
function typedFlag(name: string, words: readonly string[]): string | undefined {
  if (isLetter(name) && words.some((word) => /^-[A-Za-z]+$/.test(word) && word.includes(name))) return `-${name}`;
  return words.some((word) => word === `--${name}` || word.startsWith(`--${name}=`) || word === `--no-${name}`)
    ? `--${name}`
    : undefined;
}

function unknown(name: string, flags: readonly string[], verbs: readonly string[], words: readonly string[]): string {
  const flag = typedFlag(name, words);
  // Not quoted: it may be the value of a secret.
  if (flag === undefined && verbs.length === 0) return 'an argument too many';
  // Every name is near to a letter.
  const near = isLetter(name) ? undefined : closest(name, flag === undefined ? verbs : flags);
  const hint = near === undefined ? '' : `; did you mean ${flag === undefined ? JSON.stringify(near) : `--${near}`}?`;
  return `unknown ${flag === undefined ? `verb ${JSON.stringify(name)}` : `flag ${flag}`}${hint}`;
}

/** A line of yargs': `Argument: put, Given: "merg", Choices: "merge", "replace"`. */
function wrongChoice(line: string): string | undefined {
  const [, name, given = '', choices = ''] = /^\s*Argument: (\S+), Given: (.*), Choices: (.*)$/.exec(line) ?? [];
  if (name === undefined) return undefined;
  const names = [...choices.matchAll(/"([^"]*)"/g)].map(([, choice = '']) => choice);
  return `--${name}: must be one of ${choices}, not ${given}${suggestion(given.replaceAll('"', ''), names)}`;
}

/** `command` as it was declared: `add <name>`. */
const missing = (command: string): string =>
  `${[...command.matchAll(/<(\S+)>/g)].map(([, name = '']) => name.toUpperCase()).join(' and ') || 'an argument'} is missing`;

/** Yargs' complaint as one line that says what to type instead; one line each when it complains of several flags. */
export function usageMessage(message: string, words: readonly string[], root: Argv): string {
  const known = root as unknown as Internals;
  const internal = known.getInternalMethods();
  const { commands, fullCommands } = internal.getContext();
  const verb = commands.join(' ');
  const flags = Object.keys(known.getOptions().key).filter((key) => !NO_FLAGS.includes(key));
  const verbs = internal.getCommandInstance().getCommands();
  const help = `(scim-connector ${verb === '' ? '' : `${verb} `}--help)`;
  return `${complaint()} ${help}`;

  function complaint(): string {
    const [, names] = /^Unknown (?:arguments?|commands?): (.*)$/.exec(message) ?? [];
    if (names !== undefined)
      return [...new Set(names.split(', ').map((name) => unknown(name, flags, verbs, words)))].join(', ');
    if (message.startsWith('Not enough non-option arguments')) return missing(fullCommands.at(-1) ?? '');
    const [, valueless] = /^Not enough arguments following: (\S+)$/.exec(message) ?? [];
    if (valueless !== undefined) return `--${valueless}: needs a value`;
    const wrong = message
      .split('\n')
      .map(wrongChoice)
      .filter((line) => line !== undefined);
    if (wrong.length > 0) return wrong.join('\n');
    // Yargs looks for a verb first.
    const [, slip] = /^--([^=]+)/.exec(words[0] ?? '') ?? [];
    if (verb === '' && slip !== undefined && !flags.includes(slip) && closest(slip, flags) !== undefined)
      return unknown(slip, flags, verbs, words);
    return message;
  }
}
