import type { AST } from 'toml-eslint-parser';
import { decodeText } from '../../text/decode-text.ts';
import { TextError } from '../../text/text-error.ts';
import { type Excess, excessiveKey, longLine } from './bounds.ts';
import { ConfigError } from './problem.ts';
import { meantContent, meantPath, STATE_WORD, withStandIn } from './state-word.ts';
import { syntaxHint } from './syntax-hint.ts';

export interface TomlFile {
  readonly content: Readonly<Record<string, unknown>>;
  /** Line of a key or table, by its path; `undefined` when the file has none. */
  lineOf(path: readonly string[]): number | undefined;
}

const TWICE = 'said twice; keep state = "postgres" or backend in [state], not both';

const key = (path: readonly (string | number)[]): string => JSON.stringify(path);

function* keys(
  node: AST.TOMLKeyValue | AST.TOMLTable,
  above: readonly (string | number)[],
): Generator<[path: readonly (string | number)[], line: number]> {
  const own =
    node.type === 'TOMLTable'
      ? node.resolvedKey
      : node.key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value));
  const line = node.loc.start.line;
  for (let depth = 1; depth <= own.length; depth += 1) yield [[...above, ...own.slice(0, depth)], line];
  const path = [...above, ...own];
  if (node.type === 'TOMLTable') for (const pair of node.body) yield* keys(pair, path);
  else if (node.value.type === 'TOMLInlineTable') for (const pair of node.value.body) yield* keys(pair, path);
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return decodeText(bytes, file);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw new ConfigError([error.message], { cause: error });
  }
}

function refuse(excess: Excess | undefined, file: string): void {
  if (excess !== undefined) throw new ConfigError([`${file}:${excess.line}: ${excess.text}`]);
}

/** @throws ConfigError with line and column when `bytes` are not TOML */
export async function parseToml(bytes: Uint8Array, file: string): Promise<TomlFile> {
  const text = decode(bytes, file);
  refuse(longLine(text), file);
  // Loaded only when there is a file: a start without one is faster.
  const { parseTOML, getStaticTOMLValue, ParseError } = await import('toml-eslint-parser');
  try {
    const { text: parsed, hasWord } = withStandIn(text);
    const ast = parseTOML(parsed, { tomlVersion: '1.0' });
    refuse(excessiveKey(ast.body[0]), file);
    const lines = new Map<string, number>();
    for (const node of ast.body[0].body)
      for (const [path, line] of keys(node, [])) {
        const meant = key(hasWord ? meantPath(path) : path);
        if (!lines.has(meant)) lines.set(meant, line);
      }
    const word = lines.get(key(STATE_WORD));
    if (word !== undefined && !lines.has(key(['state']))) lines.set(key(['state']), word);
    const content = hasWord ? meantContent(getStaticTOMLValue(ast)) : getStaticTOMLValue(ast);
    if (content === undefined) throw new ConfigError([`${file}:${word}: state: ${TWICE}`]);
    return {
      content,
      lineOf: (path) => lines.get(key(path)),
    };
  } catch (error) {
    // The parser calls itself for each level.
    if (error instanceof RangeError)
      throw new ConfigError([`${file}: nests too deep; no setting has more than a few levels`], { cause: error });
    if (!(error instanceof ParseError)) throw error;
    const { lineNumber, column, message } = error;
    const said = `${message.charAt(0).toLowerCase()}${message.slice(1)}`;
    const hint = syntaxHint(text.split('\n')[lineNumber - 1] ?? '', column, message);
    throw new ConfigError([`${file}:${lineNumber}:${column + 1}: ${said}${hint}`]);
  }
}
