import { dirname, resolve } from 'node:path';
import { appNamePattern } from '../schema/app-schema.ts';
import { type Node, nodeAt } from '../schema/settings.ts';
import type { FromEnvironment } from './environment.ts';
import type { Origin } from './problem.ts';
import type { TomlFile } from './toml.ts';

/** A setting given on the command line. */
export interface Flag {
  /** `ANY_APP` in second place means the only app there is. */
  readonly path: readonly string[];
  /** As the operator typed it, e.g. `--port`. */
  readonly name: string;
  /** The value, or what to make of the one below it (`--port` keeps the host of `listen`). */
  readonly value: unknown;
  readonly change?: (below: unknown) => unknown;
}

export const ANY_APP = '*';

export interface Leaf {
  readonly path: readonly string[];
  readonly node: Node;
  readonly value: unknown;
}

type Table = Record<string, unknown>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const key = (path: readonly string[]): string => JSON.stringify(path);

/** File, environment and flags laid over each other, and where each value came from. */
export class SettingSources {
  readonly #tree: Table;
  readonly #origins = new Map<string, Origin>();
  readonly #toml: TomlFile | undefined;
  readonly #file: string | undefined;
  readonly #cwd: string;

  constructor(options: { readonly toml?: TomlFile; readonly file?: string; readonly cwd: string }) {
    this.#tree = structuredClone(options.toml?.content ?? {});
    this.#toml = options.toml;
    this.#file = options.file;
    this.#cwd = options.cwd;
  }

  get tree(): Readonly<Table> {
    return this.#tree;
  }

  /** Folder that relative paths of defaults start from: the file's, or the current one without a file. */
  get folder(): string {
    return this.#file === undefined ? this.#cwd : dirname(this.#file);
  }

  addEnvironment({ path, name, value }: FromEnvironment): void {
    this.#set(path, value, { from: 'environment', name });
  }

  addFlag({ path, name, value, change }: Flag): void {
    this.#set(path, change ? change(this.at(path)) : value, { from: 'flag', name });
  }

  /** Apps named so far; "default" when none is. */
  apps(): readonly string[] {
    const apps = this.#tree['apps'];
    const names = isTable(apps) ? Object.keys(apps).filter((name) => appNamePattern.test(name)) : [];
    return names.length > 0 ? names : ['default'];
  }

  at(path: readonly string[]): unknown {
    return path.reduce<unknown>(
      (table, name) => (isTable(table) && Object.hasOwn(table, name) ? table[name] : undefined),
      this.#tree,
    );
  }

  origin(path: readonly string[]): Origin {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const origin = this.#origins.get(key(path.slice(0, depth)));
      if (origin) return origin;
    }
    const line = this.#toml?.lineOf(path);
    return line !== undefined && this.#file !== undefined
      ? { from: 'file', file: this.#file, line }
      : { from: 'default' };
  }

  /** Of the setting, or of the table it is missing from. */
  nearestOrigin(path: readonly string[]): Origin {
    const own = this.origin(path);
    return own.from === 'default' && path.length > 1 ? this.nearestOrigin(path.slice(0, -1)) : own;
  }

  /** Relative paths start from the file's folder in the file, from the current folder elsewhere. */
  absolute(path: readonly string[], value: string): string {
    const { from } = this.origin(path);
    return resolve(from === 'flag' || from === 'environment' ? this.#cwd : this.folder, value);
  }

  /** Every value that the schema knows. */
  *leaves(path: readonly string[] = []): Generator<Leaf> {
    const table = path.length === 0 ? this.#tree : this.at(path);
    for (const name of isTable(table) ? Object.keys(table) : []) {
      const at = [...path, name];
      const node = nodeAt(at);
      if (!node) continue;
      if (node.type === 'object' && node['x-kind'] !== 'secret') yield* this.leaves(at);
      else yield { path: at, node, value: this.at(at) };
    }
  }

  /** Replaces every relative path. */
  resolvePaths(): void {
    for (const { path, node, value } of [...this.leaves()])
      if (node['x-kind'] === 'path' && typeof value === 'string' && value !== '') {
        const table = path.length < 2 ? this.#tree : this.at(path.slice(0, -1));
        if (isTable(table)) table[path.at(-1) ?? ''] = this.absolute(path, value);
      }
  }

  /** Forgets what is wrong, so that the rest can be checked too. */
  remove(path: readonly string[]): void {
    const table = path.length < 2 ? this.#tree : this.at(path.slice(0, -1));
    const last = path.at(-1);
    if (isTable(table) && last !== undefined) delete table[last];
  }

  #set(path: readonly string[], value: unknown, origin: Origin): void {
    let table: Table = this.#tree;
    for (const name of path.slice(0, -1)) {
      // The file holds a plain value where a table belongs: the schema will say so.
      if (Object.hasOwn(table, name) && !isTable(table[name])) return;
      if (!Object.hasOwn(table, name)) table[name] = {};
      table = table[name] as Table;
    }
    const last = path.at(-1);
    if (last === undefined) return;
    table[last] = value;
    this.#origins.set(key(path), origin);
  }
}
