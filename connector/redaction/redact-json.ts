import { isReference } from './harmless.ts';
import type { PseudonymKind } from './pseudonyms.ts';
import type { Scrubber } from './scrubber.ts';

/** Names whose values nothing is left of. */
const SECRET = /pass(?:word|phrase)?|token$|secret|authorization|cookie|credential|private_?key|api_?key/i;

/** What stands under a name, in lower case and without marks. */
const KINDS: Readonly<Record<string, PseudonymKind>> = {
  id: 'id',
  ids: 'id',
  leftout: 'id',
  name: 'user',
  user: 'user',
  username: 'user',
  displayname: 'group',
  group: 'group',
  email: 'mail',
  mail: 'mail',
  address: 'address',
  addresses: 'address',
  agent: 'address',
  actor: 'credential',
  credential: 'credential',
  app: 'app',
  host: 'host',
  hostname: 'host',
  server: 'host',
  file: 'path',
  folder: 'path',
};

/** Names that the connector gives itself. */
const STANDARD: ReadonlySet<string> = new Set(['default', 'anonymous']);

/** Under these stand values of people, whatever they are. */
const VALUES: ReadonlySet<string> = new Set(['was', 'is', 'before', 'after', 'value', 'values', 'resource', 'body']);

const SIZES = /time|since|until|at$|bytes|size|memory|rss|heap|free|total|seconds|expires|seq|ms$/i;

const bare = (name: string): string => name.toLowerCase().replace(/[-_.]/g, '');

function redactNumber(scrubber: Scrubber, value: number, name: string): number | string {
  const isMeasure = Math.abs(value) < 1e6 || SIZES.test(name);
  return isMeasure && Math.abs(value) < 1e14 ? value : scrubber.value('value', String(value));
}

function redactText(scrubber: Scrubber, text: string, name: string): string {
  const kind = KINDS[bare(name)];
  if (name === 'ref' && isReference(text)) return text;
  if (kind === undefined) return scrubber.text(text);
  return STANDARD.has(text) ? text : scrubber.value(kind, text);
}

/** Of a value of a person only its form is left; booleans are nobody's. */
export function redactValue(scrubber: Scrubber, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => redactValue(scrubber, item));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        scrubber.name(name),
        SECRET.test(name) ? '[secret]' : redactValue(scrubber, item),
      ]),
    );
  return value === null || typeof value === 'boolean' ? value : scrubber.value('value', String(value));
}

/** JSON that somebody has written, with names and values judged one by one. */
export function redactJson(scrubber: Scrubber, value: unknown, name = ''): unknown {
  if (VALUES.has(name)) return redactValue(scrubber, value);
  if (Array.isArray(value)) return value.map((item) => redactJson(scrubber, item, name));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        scrubber.name(key),
        SECRET.test(key) && typeof item !== 'object' && typeof item !== 'boolean'
          ? '[secret]'
          : redactJson(scrubber, item, key),
      ]),
    );
  if (typeof value === 'string') return redactText(scrubber, value, name);
  return typeof value === 'number' ? redactNumber(scrubber, value, name) : value;
}
