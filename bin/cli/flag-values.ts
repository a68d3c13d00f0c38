import type { Arguments } from 'yargs';
import { nodeAt } from '../../connector/config/schema/settings.ts';

/** What yargs knows of the flags of a verb. */
interface Flags {
  readonly boolean: readonly string[];
  /** Flags that may be given several times. */
  readonly array: readonly string[];
  /** Flags that want a value. */
  readonly narg: Readonly<Record<string, number>>;
}

const isList = (name: string): boolean => nodeAt(name.split('.'))?.type === 'array';

function* complaints(given: Arguments, words: readonly string[], { boolean, array, narg }: Flags): Generator<string> {
  const end = words.indexOf('--');
  if (end >= 0 && end < words.length - 1) yield 'an argument too many after --';
  for (const word of words) {
    const [, name = '', value] = /^--([^=]+)=(.*)$/s.exec(word) ?? [];
    if (boolean.includes(name) && value !== 'true' && value !== 'false')
      yield `--${name}: must be true or false, not ${JSON.stringify(value)}`;
  }
  for (const name of Object.keys(narg)) {
    const value = given[name];
    if (value === false) yield `unknown flag --no-${name}`;
    if ((value === '' || (array.includes(name) && (value as unknown[] | undefined)?.includes(''))) && !isList(name))
      yield `--${name}: needs a value`;
    if (Array.isArray(value) && !isList(name) && !array.includes(name)) yield `--${name}: given more than once`;
  }
}

/**
 * Finds what yargs passes over: a text for a yes-or-no flag means "no" to it, an empty value is one, what is given twice
 * becomes a list, and what follows `--` is ignored.
 * @returns the complaint, or true
 */
export const checkFlagValues = (given: Arguments, words: readonly string[], known: unknown): string | true =>
  [...complaints(given, words, known as Flags)][0] ?? true;
