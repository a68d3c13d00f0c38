import { isHarmless, isOwnAddress } from './harmless.ts';
import { PATTERNS, type Replacement } from './patterns.ts';
import type { PseudonymKind, Pseudonyms } from './pseudonyms.ts';
import { withoutNames, withoutPlace } from './structures.ts';

/** Around what has been judged. Private use (Unicode §23.5): whoever sends such characters finds them gone. */
const [OPEN, SHUT] = ['\ue000', '\ue001'];
const JUDGED = /\ue000[^\ue001]*\ue001/;
const PRIVATE = /[\ue000-\uf8ff]/g;

const TOKEN = /[^\s"'`()[\]{}<>,;|\ue000\ue001]+/g;
/** Marks around a word, and the word. */
const CORE = /^([.:!?*#=~^$@\\/-]*)(.*?)([.:!?*#=~^$@\\/-]*)$/su;
/** Files that are named without their folder. */
const FILE = /\.(?:toml|db|pem|key|crt|cer|pfx|p12|log|jsonl?|cjs|ts|ldif|csv|service|lock|socket)$/i;
/** What people are called by: what stands behind is never an ordinary word. */
const NAMING =
  /^(?:uid|cn|ou|dc|o|sn|l|st|c|mail|given_?name|sam_?account_?name|user_?principal_?name|(?:user|display)?_?name|member|manager|user|group|password|token|secret)$/i;

/** Of a text: nobody reads more of a line, and patterns take their time over it. Unit: characters. */
const LONGEST = 4_096;

const normal = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

export interface ScrubberOptions {
  readonly pseudonyms: Pseudonyms;
  /** Nothing of them is left, wherever they stand. */
  readonly secrets?: readonly string[];
  /** Names with dots that are not those of hosts: of settings and attributes. */
  readonly dotted?: ReadonlySet<string>;
}

/**
 * Takes out of texts what may not leave the house: what is not known to be harmless is replaced (docs/support-bundle.md).
 */
export class Scrubber {
  readonly #options: ScrubberOptions;
  readonly #secrets: readonly string[];
  readonly #known = new Map<string, string>();

  constructor(options: ScrubberOptions) {
    this.#options = options;
    // The longest first: one may be a part of another. Shorter ones are not told from ordinary text.
    this.#secrets = (options.secrets ?? []).filter((one) => one.length > 3).toSorted((a, b) => b.length - a.length);
  }

  /** From now on `value` is `kind`'s, and whoever has that `identity`. */
  learn(kind: PseudonymKind, value: string, identity = value): void {
    const key = normal(value);
    if (key.length > 1 && !this.#known.has(key))
      this.#known.set(key, this.#options.pseudonyms.of(kind, identity, value));
  }

  /** A value as a whole. */
  value(kind: PseudonymKind, text: string): string {
    if (text === '' || isOwnAddress(text)) return text;
    if (this.#secrets.some((secret) => text.includes(secret))) return '[secret]';
    return this.#known.get(normal(text)) ?? this.#options.pseudonyms.of(kind, text);
  }

  /** A name that the connector itself may have given: of a setting, an attribute, a field. */
  name(text: string): string {
    return this.isFree(text) ? text : this.value('word', text);
  }

  /** Whether it may stay as it is. */
  isFree(text: string): boolean {
    return (isHarmless(text) || (this.#options.dotted?.has(text) ?? false)) && !this.#known.has(normal(text));
  }

  /** Text that anybody has written; of a very long one the beginning. */
  text(text: string): string {
    if (text.length > LONGEST) return `${this.text(text.slice(0, LONGEST))} [cut]`;
    let rest = text.replace(PRIVATE, '\ufffd');
    for (const secret of this.#secrets) rest = rest.replaceAll(secret, `${OPEN}[secret]${SHUT}`);
    for (const [pattern, replacement] of PATTERNS)
      rest = this.#outside(rest, (part) =>
        part.replace(pattern, (found, ...groups) => `${OPEN}${this.#replaced(found, groups, replacement)}${SHUT}`),
      );
    return this.#outside(rest, (part) => part.replace(TOKEN, (token) => this.#token(token))).replace(PRIVATE, '');
  }

  #outside(text: string, work: (part: string) => string): string {
    if (!text.includes(OPEN)) return work(text);
    return text
      .split(new RegExp(`(${JUDGED.source})`))
      .map((part) => (part.startsWith(OPEN) ? part : work(part)))
      .join('');
  }

  #replaced(found: string, groups: readonly unknown[], replacement: Replacement): string {
    switch (replacement.as) {
      case 'gone':
        return replacement.label;
      case 'kept':
        return found;
      case 'pseudonym':
        return this.value(replacement.kind, found);
      case 'frame':
        return `    at ${/^scim-connector\.cjs:/.test(String(groups[0])) ? groups[0] : '(elsewhere)'}`;
      case 'scheme': {
        const [scheme = '', credential = ''] = found.split(/\s+/);
        return this.isFree(credential) && credential.length < 16 ? found : `${scheme} [token]`;
      }
      case 'quoted':
        return `"${this.#quoted(found.slice(1, -1))}"`;
      case 'url':
        return withoutPlace(found, (kind, part) =>
          kind === 'path' && this.isFree(part) ? part : this.value(kind, part),
        );
      case 'dn':
        return withoutNames(
          found,
          (part) => this.value('value', part),
          (type) => this.name(type),
        );
      case 'path':
        return this.#path(found);
    }
  }

  /** Quoted by our texts stands what somebody has sent, or the name of something of ours. */
  #quoted(inside: string): string {
    const text = inside.replace(/\ue000|\ue001/g, '');
    if (!/[\p{L}\p{N}]/u.test(text)) return text;
    return this.isFree(text) && /^[\w.:-]+$/.test(text) ? text : this.value('value', text);
  }

  #path(text: string): string {
    const ending = FILE.exec(text)?.[0] ?? '';
    if (this.isFree(text.slice(0, text.length - ending.length))) return text;
    return `${this.value('path', text)}${ending.toLowerCase()}`;
  }

  #token(token: string): string {
    const [, before = '', core = '', after = ''] = CORE.exec(token) ?? [];
    return core === '' ? token.replace(/[^\p{P}\p{S}]/gu, '') : `${before}${this.#core(core)}${after}`;
  }

  #core(core: string): string {
    const known = this.#known.get(normal(core));
    if (known !== undefined) return known;
    const [, name, sign = '', value = ''] = /^([A-Za-z][\w.;-]*)([=:])(.+)$/s.exec(core) ?? [];
    if (name !== undefined && this.isFree(name))
      return `${name}${sign}${NAMING.test(name) ? this.value('value', value) : this.#token(value)}`;
    return this.isFree(core) ? core : this.#guess(core);
  }

  #guess(core: string): string {
    if (FILE.test(core) || /[/\\]/.test(core)) return this.#path(core);
    if (/^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+$/u.test(core)) return this.value('host', core);
    return this.value('word', core);
  }
}
