import { isDeepStrictEqual } from 'node:util';
import type { AST } from 'toml-eslint-parser';
import { tomlKey, tomlValue } from '../vocabulary/toml-value.ts';
import { meantContent, meantPath, withStandIn } from './state-word.ts';

/** A setting and what it shall be. */
export interface Change {
  readonly path: readonly string[];
  /** Undefined takes it away, with all that stands below it. */
  readonly value: unknown;
}

type Path = readonly (string | number)[];

interface Line {
  readonly path: Path;
  readonly node: AST.TOMLKeyValue;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const isAt = (path: Path, other: Path): boolean =>
  path.length === other.length && path.every((key, i) => String(key) === String(other[i]));
const isWithin = (path: Path, above: Path): boolean => isAt(path.slice(0, above.length), above);

const keysOf = ({ key }: AST.TOMLKeyValue): readonly string[] =>
  key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value));

const tablesIn = (nodes: AST.TOMLTopLevelTable['body']): readonly AST.TOMLTable[] =>
  nodes.filter((node) => node.type === 'TOMLTable');

const linesIn = (nodes: AST.TOMLTopLevelTable['body']): readonly Line[] =>
  nodes.flatMap((node): readonly Line[] =>
    node.type === 'TOMLTable'
      ? node.body.map((line) => ({ path: [...node.resolvedKey, ...keysOf(line)], node: line }))
      : [{ path: meantPath(keysOf(node)), node }],
  );

/** With the comment behind it, and its end. */
function wholeLine(text: string, [start, end]: readonly [number, number]): readonly [number, number] {
  const next = text.indexOf('\n', end);
  return [text.lastIndexOf('\n', start - 1) + 1, next < 0 ? text.length : next + 1];
}

/** Where a new line of a table goes: behind its last one. */
function placeIn(text: string, table: AST.TOMLTable): number {
  const last = table.body.at(-1) ?? table.key;
  return wholeLine(text, [last.range[0], last.range[1]])[1];
}

const ended = (text: string, at: number): string => (at > 0 && text[at - 1] !== '\n' ? '\n' : '');

function removals(text: string, nodes: AST.TOMLTopLevelTable['body'], path: Path): readonly Edit[] {
  const gone = [
    ...linesIn(nodes)
      .filter((line) => isWithin(line.path, path))
      .map(({ node }) => node.range),
    ...tablesIn(nodes)
      .filter((table) => isWithin(table.resolvedKey, path))
      .map(({ key }) => key.range),
  ];
  return gone.map((range) => {
    const [start, end] = wholeLine(text, range);
    return { start, end, text: '' };
  });
}

function addition(text: string, nodes: AST.TOMLTopLevelTable['body'], path: readonly string[], value: unknown): Edit {
  const [above, line] = [path.slice(0, -1), `${tomlKey(path.slice(-1))} = ${tomlValue(value)}\n`];
  const table = tablesIn(nodes).find(({ resolvedKey }) => isAt(resolvedKey, above));
  if (table) {
    const at = placeIn(text, table);
    return { start: at, end: at, text: ended(text, at) + line };
  }
  if (above.length === 0) return { start: 0, end: 0, text: line };
  return { start: text.length, end: text.length, text: `${ended(text, text.length)}\n[${tomlKey(above)}]\n${line}` };
}

type Table = Record<string, unknown>;
const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** What the content shall be afterwards. Tables without anything in them do not count. */
function changed(content: Table, path: readonly string[], value: unknown): Table {
  const [name = '', ...rest] = path;
  const { [name]: now, ...others } = content;
  const next = rest.length === 0 ? value : changed(isTable(now) ? now : {}, rest, value);
  return next === undefined ? others : { ...others, [name]: next };
}

const withoutEmpty = (value: unknown): unknown => {
  if (!isTable(value)) return value;
  const entries = Object.entries(value).map(([name, item]) => [name, withoutEmpty(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => !isTable(item) || Object.keys(item).length > 0));
};

/**
 * The text with one setting changed: comments, order and all other lines stay as somebody wrote them.
 * @returns undefined where it is written in a way that this cannot change, such as an inline table of tables
 */
async function edited(text: string, { path, value }: Change): Promise<string | undefined> {
  const { parseTOML, getStaticTOMLValue, ParseError } = await import('toml-eslint-parser');
  const parsed = (toml: string): { nodes: AST.TOMLTopLevelTable['body']; content: Table | undefined } => {
    const { text: inOneWay, hasWord } = withStandIn(toml);
    const ast = parseTOML(inOneWay, { tomlVersion: '1.0' });
    const content = getStaticTOMLValue(ast) as Table;
    return { nodes: ast.body[0].body, content: hasWord ? meantContent(content) : content };
  };
  const { nodes, content: before = {} } = parsed(text);
  const known = linesIn(nodes).find((line) => isAt(line.path, path));
  const edits =
    known && value !== undefined
      ? [{ start: known.node.value.range[0], end: known.node.value.range[1], text: tomlValue(value) }]
      : value === undefined
        ? removals(text, nodes, path)
        : [addition(text, nodes, path, value)];
  const next = edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end), text);
  try {
    const wanted = changed(before, path, value);
    const { content } = parsed(next);
    return isDeepStrictEqual(withoutEmpty(content), withoutEmpty(wanted)) ? next : undefined;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

/** The same with several, in this order. */
export async function editToml(text: string, changes: readonly Change[]): Promise<string | undefined> {
  let now: string | undefined = text;
  for (const change of changes) if (now !== undefined) now = await edited(now, change);
  return now;
}
