import type { z } from 'zod';
import { type Input, schema } from '../schema/schema.ts';
import { expected, isSecret, type Node, namesAt, nodeAt, settings, tables } from '../schema/settings.ts';
import { type Problem, suggestion } from './problem.ts';
import type { SettingSources } from './setting-sources.ts';

type Path = readonly string[];

/** Up to the first index: a list is one setting. */
function settingPath(path: readonly PropertyKey[] | undefined): Path {
  const index = (path ?? []).findIndex((key) => typeof key === 'number');
  return (path ?? []).slice(0, index < 0 ? undefined : index).map(String);
}

/** Short, and nothing at all where people paste secrets by mistake. */
function notThis(path: Path, node: Node, value: unknown): string {
  if (value === undefined || isSecret(node) || (path.includes('auth') && !node.enum && node.type === 'string'))
    return '';
  const text = JSON.stringify(value);
  return `, not ${text.length > 60 ? `${text.slice(0, 57)}...` : text}`;
}

function wrongValue(path: Path, value: unknown): string {
  const node = nodeAt(path);
  if (!node) return 'not allowed here';
  if (path.length === 1 && path[0] === 'config_version' && Number(value) > 1)
    return `the file's format ${value} is newer than this program reads (1); upgrade the program`;
  const hint = isSecret(node)
    ? '; a secret never stands in the file in clear'
    : node.enum && typeof value === 'string'
      ? suggestion(value, node.enum.map(String))
      : '';
  return `must be ${expected(node)}${notThis(path, node, value)}${hint}`;
}

function unknownKey(path: Path, name: string): string {
  const near = suggestion(name, namesAt(path));
  if (near) return `unknown setting${near}`;
  const elsewhere = [...settings(), ...tables()].find((known) => known.path.at(-1) === name && known.path.length > 1);
  if (elsewhere) return `unknown setting; it belongs under [${elsewhere.path.slice(0, -1).join('.')}]`;
  return `unknown setting; known here: ${namesAt(path).join(', ')}`;
}

const badName = (path: Path): string =>
  path[0] === 'apps' && path.length === 2
    ? 'is no name for an app; use lower-case letters, digits and "-", a letter first'
    : path[2] === 'entitlements'
      ? 'is no name for a type of entitlements; use letters, digits, "-" and "_", a letter first'
      : 'is no name for an attribute; use letters, digits, "-" and "_", a letter first';

/** Of the alternatives of a value the one that was meant: its table is there, and only something in it is wrong. */
const innermost = (errors: readonly (readonly z.core.$ZodIssue[])[]): z.core.$ZodIssue | undefined =>
  errors.flat().find(({ code, path }) => path.length > 0 || code === 'unrecognized_keys' || code === 'custom');

const insideText = (path: Path, { code, message, path: below }: z.core.$ZodIssue): string =>
  code === 'custom' ? message : wrongValue([...path, ...settingPath(below)], undefined);

function* explain(issue: z.core.$ZodIssue, layers: SettingSources): Generator<Problem> {
  const path = settingPath(issue.path);
  if (issue.code === 'unrecognized_keys' && !isSecret(nodeAt(path) ?? {})) {
    for (const name of issue.keys) {
      const at = [...path, name];
      yield { origin: layers.origin(at), path: at, text: unknownKey(path, name) };
    }
    return;
  }
  const inside = issue.code === 'invalid_union' ? innermost(issue.errors) : undefined;
  if (inside) {
    yield* explain({ ...inside, path: [...issue.path, ...inside.path], message: insideText(path, inside) }, layers);
    return;
  }
  const text = issue.code === 'invalid_key' ? badName(path) : issue.message;
  yield { origin: layers.origin(path), path, text };
}

const firstAt = (problems: readonly Problem[], path: Path): number =>
  problems.findIndex((problem) => problem.path.join('.') === path.join('.'));

export interface Validated {
  /** What is left when everything wrong is taken away: good for further checks. */
  readonly input: Input;
  readonly problems: readonly Problem[];
}

/** Checks against the schema and takes what is wrong out of `layers`. */
export function validate(layers: SettingSources): Validated {
  const problems: Problem[] = [];
  // Again after each removal: a wrong table hides what is wrong inside its neighbours.
  for (let round = 0; round < 10; round += 1) {
    const result = schema.safeParse(layers.tree, {
      // Compiling the schema takes longer than the one look at it.
      jitless: true,
      error: (issue) => wrongValue(settingPath(issue.path), issue.input),
    });
    if (result.success) return { input: result.data, problems };
    const found = result.error.issues.flatMap((issue) => [...explain(issue, layers)]);
    // A secret that is wrong in two ways is wrong once, and a table is not to blame for what was taken out of it.
    const isNews = ({ path }: Problem, i: number): boolean =>
      (!isSecret(nodeAt(path) ?? {}) || i === firstAt(found, path)) &&
      !problems.some((earlier) => path.length < earlier.path.length && path.every((key, j) => key === earlier.path[j]));
    const news = found.filter(isNews);
    problems.push(...news);
    for (const { path } of found) layers.remove(path);
  }
  return { input: schema.parse({}), problems };
}
