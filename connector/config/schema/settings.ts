import * as z from 'zod';
import type { Kind } from '../vocabulary/scalars.ts';
import { schema } from './schema.ts';

/** The schema as data: flags, environment, messages, reference page and example are all read from it. */
export interface Node {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | false;
  readonly anyOf?: readonly Node[];
  readonly enum?: readonly (string | number)[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly 'x-kind'?: Kind;
  readonly 'x-expected'?: string;
  readonly 'x-computed'?: string;
  readonly 'x-example'?: unknown;
}

/** Stands in a path for a name that the operator chooses: an app, a custom attribute. */
export const NAME = 'NAME';

export interface Setting {
  readonly path: readonly string[];
  readonly node: Node;
}

let published: Node | undefined;

/** The JSON Schema of the file. */
export function jsonSchema(): Node {
  published ??= z.toJSONSchema(schema, { io: 'input' }) as Node;
  return published;
}

export const isSecret = (node: Node): boolean => node['x-kind'] === 'secret';
const isTable = (node: Node): boolean => node.type === 'object' && !isSecret(node);

/** A value of several forms, one of them a table. */
const tableOf = (node: Node): Node => node.anyOf?.find(({ properties }) => properties) ?? node;

function child(node: Node, key: string): Node | undefined {
  if (node.properties && Object.hasOwn(node.properties, key)) return node.properties[key];
  return node.additionalProperties || undefined;
}

/** What the schema says about `path`; `undefined` when there is no such setting or table. */
export const nodeAt = (path: readonly string[]): Node | undefined =>
  path.reduce<Node | undefined>((node, key) => {
    const table = node && tableOf(node);
    return table && isTable(table) ? child(table, key) : undefined;
  }, jsonSchema());

/** Names that may stand under `path`; empty where the operator chooses them. */
export const namesAt = (path: readonly string[]): readonly string[] => {
  const node = nodeAt(path);
  return Object.keys((node && tableOf(node).properties) ?? {});
};

function* walk(node: Node, path: readonly string[]): Generator<Setting> {
  for (const [key, property] of Object.entries(node.properties ?? {})) yield* visit(property, [...path, key]);
  if (node.additionalProperties) yield* visit(node.additionalProperties, [...path, NAME]);
}

function* visit(node: Node, path: readonly string[]): Generator<Setting> {
  yield { path, node };
  if (isTable(node)) yield* walk(node, path);
}

/** Every table, each before what it holds, in the file's order. */
export const tables = (): readonly Setting[] => [...walk(jsonSchema(), [])].filter(({ node }) => isTable(node));

/** Every setting that holds a value, in the file's order. */
export const settings = (): readonly Setting[] => [...walk(jsonSchema(), [])].filter(({ node }) => !isTable(node));

/** The settings that stand in the table at `path` itself. */
export const settingsIn = (path: readonly string[]): readonly Setting[] =>
  settings().filter(
    (setting) => setting.path.length === path.length + 1 && path.every((key, i) => setting.path[i] === key),
  );

/** Settings under a name other than an app's (custom attributes): they stand in the file only. */
export const isFileOnly = ({ path }: Setting): boolean =>
  path[0] === 'config_version' || path.filter((key) => key === NAME).length > 1;

/** `apps.NAME.put` → `CONNECTOR_APPS__NAME__PUT`. */
export const environmentName = (path: readonly string[]): string =>
  `CONNECTOR_${path.map((key) => key.toUpperCase().replaceAll('-', '_')).join('__')}`;

/** What a value must look like, for messages and the reference page. */
export function expected(node: Node): string {
  switch (node['x-kind']) {
    case 'duration':
      return 'a duration such as "25s" or "12h"';
    case 'size':
      return 'a size such as "512KiB" or "1MiB"';
    case 'listen':
      return 'an address and port such as "127.0.0.1:8443", "[::1]:8443" or ":8443"';
    case 'secret':
      return '{ env = "VARIABLE" }, { file = "/path" } or { secret = "name" }';
    case 'path':
      return 'a path in quotes';
    case 'url':
      return 'a URL in quotes';
    case 'networks':
    case 'hosts':
    case 'attributes':
    case 'texts':
      return 'a list of texts such as ["one", "two"]';
    default:
      return node['x-expected'] ?? expectedPlain(node);
  }
}

function expectedPlain({ type, enum: choices, const: only, minimum, maximum }: Node): string {
  if (only !== undefined) return JSON.stringify(only);
  if (choices) return `${choices.length > 1 ? 'one of ' : ''}${choices.map((c) => JSON.stringify(c)).join(', ')}`;
  if (type === 'boolean') return 'true or false';
  if (type === 'integer') return `a whole number from ${minimum} to ${maximum}`;
  return type === 'object' ? 'a table' : 'a text in quotes';
}
