/** What no configuration is like: a parser would give up on it, or an object be made of it that is another than it seems. */
import type { AST } from 'toml-eslint-parser';

/** Unit: characters. */
const LONGEST_LINE = 8192;
/** Tables within tables. */
const DEEPEST = 32;
/** In one file. */
const MOST_KEYS = 10_000;

export interface Excess {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** A line that is too long to be parsed, if there is one. */
export function longLine(text: string): Excess | undefined {
  const line = text.split('\n').findIndex((one) => one.length > LONGEST_LINE);
  return line < 0
    ? undefined
    : { line: line + 1, text: `longer than ${LONGEST_LINE} characters; break it, or name a file` };
}

const nameOf = (key: AST.TOMLBare | AST.TOMLQuoted): string => (key.type === 'TOMLBare' ? key.name : key.value);

function* keysIn(node: AST.TOMLNode): Generator<AST.TOMLKey> {
  switch (node.type) {
    case 'TOMLTopLevelTable':
      for (const inner of node.body) yield* keysIn(inner);
      break;
    case 'TOMLTable':
    case 'TOMLInlineTable':
      if (node.type === 'TOMLTable') yield node.key;
      for (const inner of node.body) yield* keysIn(inner);
      break;
    case 'TOMLKeyValue':
      yield node.key;
      yield* keysIn(node.value);
      break;
    case 'TOMLArray':
      for (const inner of node.elements) yield* keysIn(inner);
      break;
  }
}

/** The first key that is no setting's, whatever the settings are. */
export function excessiveKey(table: AST.TOMLTopLevelTable): Excess | undefined {
  let count = 0;
  for (const { keys, loc } of keysIn(table)) {
    const { line } = loc.start;
    count += 1;
    if (keys.some((key) => nameOf(key) === '__proto__'))
      return { line, text: '__proto__: unknown setting; leave it out' };
    if (keys.length > DEEPEST) return { line, text: `a name of more than ${DEEPEST} parts; no setting has one` };
    if (count > MOST_KEYS) return { line, text: `more than ${MOST_KEYS} settings; no configuration has them` };
  }
  return undefined;
}
