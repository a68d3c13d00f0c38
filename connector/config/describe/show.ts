import { Secret } from '../../secrets/secret.ts';
import type { Config } from '../config.ts';
import type { Loaded } from '../load/load.ts';
import { formatOrigin } from '../load/problem.ts';
import { type Node, nodeAt } from '../schema/settings.ts';
import { formatListen, type Listen } from '../vocabulary/listen.ts';
import { formatDuration, formatSize } from '../vocabulary/quantity.ts';

/** One setting as `config show` prints it. */
export interface Shown {
  readonly path: readonly string[];
  /** As it would stand in the file; `[secret]` for a secret. */
  readonly value: unknown;
  readonly origin: string;
}

type Table = Readonly<Record<string, unknown>>;

/** The configuration in force, in the shape of the file. */
function inFileShape({ file: _, apps, ...rest }: Config): Table {
  const byName = <T extends { readonly custom: readonly { readonly name: string }[] }>(branch: T) => ({
    ...branch,
    custom: Object.fromEntries(branch.custom.map(({ name, ...declared }) => [name, declared])),
  });
  const tables = apps.map(({ name, users, groups, ...app }) => [
    name,
    { ...app, users: byName(users), groups: byName(groups) },
  ]);
  return { config_version: 1, ...rest, apps: Object.fromEntries(tables) };
}

/** The value in force → what the operator would write for it. */
function written(node: Node, value: unknown): unknown {
  if (value instanceof Secret) return String(value);
  if (node['x-kind'] === 'duration') return formatDuration(value as number);
  if (node['x-kind'] === 'size') return formatSize(value as number);
  if (node['x-kind'] === 'listen') return formatListen(value as Listen);
  return value;
}

/** In the order of the schema, whatever order the file has. */
function* walk(table: Table, path: readonly string[]): Generator<Omit<Shown, 'origin'>> {
  const names = Object.keys(nodeAt(path)?.properties ?? table);
  for (const name of names) {
    const [own, value] = [[...path, name], table[name]];
    const node = nodeAt(own);
    if (value === undefined || !node) continue;
    if (node.type === 'object' && node['x-kind'] === undefined) yield* walk(value as Table, own);
    else yield { path: own, value: written(node, value) };
  }
}

/** Every setting in force, secrets masked. An app's [auth] shows what it takes from the common one. */
export function shownSettings({ config, originOf }: Loaded): readonly Shown[] {
  return [...walk(inFileShape(config), [])].map(({ path, value }) => {
    const own = originOf(path);
    const inherited = own.from === 'default' && path[2] === 'auth' ? originOf(path.slice(2)) : own;
    return { path, value, origin: formatOrigin(inherited) };
  });
}
