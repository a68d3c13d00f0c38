import { createHmac } from 'node:crypto';

/** What a pseudonym stands for. */
export type PseudonymKind =
  | 'user'
  | 'group'
  | 'id'
  | 'mail'
  | 'phone'
  | 'host'
  | 'address'
  | 'app'
  | 'credential'
  | 'path'
  | 'value'
  | 'word';

/** The kinds, for people who read what was replaced. */
export const KINDS: Readonly<Record<PseudonymKind, string>> = {
  user: 'a person, by userName, id or the name in a DN',
  group: 'a group, by displayName or id',
  id: 'an id of which nothing else is known',
  mail: 'an e-mail address',
  phone: 'a telephone number',
  host: 'the name of a host',
  address: 'an IP address or network',
  app: 'an app of the configuration; "default" stays',
  credential: 'the name of a token or password',
  path: 'a file or folder; its ending stays',
  value: 'a value of an attribute or setting, or a text in quotes',
  word: 'a word that is not one of our vocabulary',
};

/** Digits that are shown. 24 bits tell thousands of people apart. */
const DIGITS = 6;

const normal = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** A stand-in for a value: the same for the same value, whatever its case, for as long as the key is. */
export class Pseudonyms {
  readonly #key: Buffer;
  readonly #issued = new Map<string, Set<string>>();

  constructor(key: Buffer) {
    this.#key = key;
  }

  /**
   * `user-7f3a21`. Its digits are those of the value whatever the kind, so that equal values can be matched.
   * @param spoken  another value that it is given for: a name, where `value` is the id
   */
  of(kind: PseudonymKind, value: string, spoken = value): string {
    const digits = createHmac('sha256', this.#key).update(normal(value)).digest('hex').slice(0, DIGITS);
    const pseudonym = `${kind}-${digits}`;
    const meant = this.#issued.get(pseudonym) ?? new Set();
    this.#issued.set(pseudonym, meant.add(value).add(spoken));
    return pseudonym;
  }

  /** What a pseudonym that was given stands for: an id and names, of a person. */
  meaning(pseudonym: string): readonly string[] {
    return [...(this.#issued.get(pseudonym) ?? [])];
  }

  /** How many were given, by kind. */
  get counts(): Readonly<Partial<Record<PseudonymKind, number>>> {
    const counts: Partial<Record<PseudonymKind, number>> = {};
    for (const name of this.#issued.keys()) {
      const kind = name.slice(0, name.lastIndexOf('-')) as PseudonymKind;
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  }
}
