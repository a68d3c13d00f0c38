/** What tables are separated by: Excel takes the list separator of the country, and tabs for "Unicode text". */
const DELIMITERS = [',', ';', '\t', '|'] as const;

export interface Dialect {
  readonly delimiter: string;
  /** Line that the names of the columns stand on, from 1. */
  readonly header: number;
}

const timesIn = (header: string, delimiter: string): number => header.split(delimiter).length - 1;

/** By the first line: Excel's own word for it, `sep=;`, else what separates most of its names. @param start  the first line */
export function dialectOf(start: string): Dialect {
  const [, said] = /^"?sep=(.)"?\s*$/i.exec(start) ?? [];
  if (said !== undefined) return { delimiter: said, header: 2 };
  const bare = start.replaceAll(/"[^"]*"/g, '');
  const [delimiter] = DELIMITERS.toSorted((a, b) => timesIn(bare, b) - timesIn(bare, a));
  return { delimiter: delimiter ?? ',', header: 1 };
}
