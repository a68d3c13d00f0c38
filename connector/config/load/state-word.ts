/** The key that `state = "…"` goes by while a file is parsed. Of the same length, so that every place in the text stays. */
const STAND_IN = 'STATE';

/** What it is short for. */
export const STATE_WORD: readonly string[] = ['state', 'backend'];

const HEADER = /^[ \t]*\[/m;
const WORD = /^([ \t]*["']?)state(["']?[ \t]*=[ \t]*["'])/m;

/**
 * `state = "postgres"` may stand beside [state.postgres], which TOML alone does not allow: a key is a text or a table.
 * So the word goes by another key for as long as the file is parsed.
 */
export function withStandIn(text: string): { readonly text: string; readonly hasWord: boolean } {
  const head = text.slice(0, HEADER.exec(text)?.index ?? text.length);
  const renamed = head.replace(WORD, `$1${STAND_IN}$2`);
  return { text: renamed + text.slice(head.length), hasWord: renamed !== head };
}

/** The path that is meant by one of a file that was parsed with a stand-in. */
export const meantPath = <Key extends string | number>(path: readonly Key[]): readonly (Key | string)[] =>
  path.length === 1 && path[0] === STAND_IN ? STATE_WORD : path;

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** The content that is meant. @returns undefined where the file says it twice */
export function meantContent({ [STAND_IN]: word, ...content }: Table): Table | undefined {
  const { state = {} } = content;
  if (!isTable(state) || 'backend' in state) return undefined;
  return { ...content, state: { backend: word, ...state } };
}
