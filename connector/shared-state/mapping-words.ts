import { createHash } from 'node:crypto';
import { moduleNamed } from '../backend/catalogue.ts';
import type { App } from '../config/config.ts';
import { nodeAt } from '../config/schema/settings.ts';
import { Secret } from '../secrets/secret.ts';

/** What decides how people look to Okta and in the store: setting → its value as JSON. No secret, no path, no address. */
export type MappingWords = Readonly<Record<string, string>>;

/** May be another on each machine, and means the same. */
const MAY_DIFFER: ReadonlySet<string | undefined> = new Set(['secret', 'path', 'url', 'listen', 'hosts']);

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret);

/** Lists of named ones as the tables that they are in the file. */
const asTable = (value: unknown): unknown =>
  Array.isArray(value) && value.length > 0 && value.every((one) => isTable(one) && typeof one['name'] === 'string')
    ? Object.fromEntries(value.map(({ name, ...rest }) => [name, rest]))
    : value;

function* leaves(value: unknown, path: readonly string[]): Generator<readonly [string, string]> {
  const table = asTable(value);
  if (value instanceof Secret || MAY_DIFFER.has(nodeAt(['apps', 'NAME', ...path])?.['x-kind'])) return;
  if (!isTable(table)) {
    // An empty list sets nothing.
    if (table !== undefined && JSON.stringify(table) !== '[]') yield [path.join('.'), JSON.stringify(table)];
    return;
  }
  for (const [name, below] of Object.entries(table)) yield* leaves(below, [...path, name]);
}

/** Of one app. */
export function mappingWords(app: App): MappingWords {
  const { backend, okta_app, users, groups, entitlements } = app;
  const own = new Map<string, unknown>(Object.entries((app as unknown as Table)[backend] ?? {}));
  const table = Object.fromEntries((moduleNamed(backend).mapped ?? []).map((name) => [name, own.get(name)]));
  const words = [...leaves({ backend, okta_app, users, groups, entitlements, [backend]: table }, [])];
  return Object.fromEntries(words.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Equal where all words are. */
export const digestOf = (words: MappingWords): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(words)))
    .digest('base64url');

/** Settings that differ, by name. */
export const differing = (a: MappingWords, b: MappingWords): readonly string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]).toSorted();
