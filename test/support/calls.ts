/** Calls in a source text, as far as plain reading finds them. */
export interface Call {
  /** Source of each argument. */
  readonly args: readonly string[];
  /** From 1. */
  readonly line: number;
}

const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Where the text that begins at `at` with a quotation mark ends. */
function endOfText(source: string, at: number): number {
  const quote = source[at];
  for (let i = at + 1; i < source.length; i += 1) {
    if (source[i] === '\\') i += 1;
    else if (source[i] === quote) return i;
    else if (quote === '`' && source.startsWith('${', i)) i = endOfGroup(source, i + 1);
  }
  return source.length;
}

/** Where the group that begins at `at` with a bracket ends. @param comma  is told where its parts end */
function endOfGroup(source: string, at: number, comma: (place: number) => void = () => undefined): number {
  const close = CLOSES[source[at] ?? ''];
  for (let i = at + 1; i < source.length; i += 1) {
    const character = source[i] ?? '';
    if (character === close) return i;
    if (character === ',') comma(i);
    else if ('\'"`'.includes(character)) i = endOfText(source, i);
    else if (CLOSES[character] !== undefined) i = endOfGroup(source, i);
  }
  return source.length;
}

/** @param name  how the call begins, without its bracket: `new ScimError` */
export function callsOf(source: string, name: string): readonly Call[] {
  const pattern = new RegExp(`(?<![\\w.])${name.replaceAll(' ', '\\s+')}\\(`, 'g');
  return [...source.matchAll(pattern)].map((match) => {
    const begin = match.index + match[0].length - 1;
    const ends: number[] = [];
    ends.push(endOfGroup(source, begin, (place) => ends.push(place)));
    const args = ends.map((end, n) => source.slice(n === 0 ? begin + 1 : (ends[n - 1] ?? 0) + 1, end).trim());
    return { args: args.filter((arg) => arg !== ''), line: source.slice(0, begin).split('\n').length };
  });
}

/** What stands for parts of a text, by their names in the source. */
export type Samples = Readonly<Record<string, string>>;

/** A text as it might come out of its source: what is shown is a value in quotes, and what has no sample is `other`. */
export function sampleOf(source: string, samples: Samples = {}, other = 'x'): string | undefined {
  const parts = [...source.matchAll(/'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)];
  const rest = parts.reduce((text, [whole]) => text.replace(whole, ''), source);
  if (parts.length === 0 || /[^\s+]/.test(rest)) return undefined;
  return parts
    .map(([, plain, template]) => plain ?? template ?? '')
    .join('')
    .replace(/\$\{shown\([^}]*\}/g, `"${other}"`)
    .replace(/\$\{([^}]*)\}/g, (_, name: string) => samples[name] ?? other)
    .replace(/\\(.)/g, '$1');
}
