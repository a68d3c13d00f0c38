import { Readable } from 'node:stream';
import { ScimError } from '../../scim/error.ts';
import { decodeStream } from '../../text/decode-stream.ts';
import { dialectOf } from './delimiter.ts';
import { withFirstLine } from './first-line.ts';

type Rows = AsyncIterable<{ readonly record: readonly string[]; readonly info: { readonly lines: number } }>;

/** One line of a table, the header too. */
export interface CsvRow {
  readonly line: number;
  /** @throws invalidSyntax  what stands there is no row; it is the last one */
  readonly cells: () => readonly string[];
}

export const invalidCsv = (text: string): ScimError =>
  new ScimError('invalidSyntax', text, { fault: 'import-file-invalid' });

/** The parser's complaints in our words: its own quote the cell. */
const COMPLAINTS: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE: 'a quote within a cell; put the cell in quotes and write each quote in it twice',
  CSV_INVALID_CLOSING_QUOTE: 'text behind a quote; write each quote within a cell twice',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'text behind a quote; write each quote within a cell twice',
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
};

/** Of the parser's errors; the parser has a name for each. */
function complaintOf(error: unknown): CsvRow | undefined {
  const { code, lines } = error as { code?: unknown; lines?: unknown };
  if (typeof code !== 'string' || !/^(CSV_|INVALID_)/.test(code)) return undefined;
  const refuse = (): never => {
    throw invalidCsv(COMPLAINTS[code] ?? 'not the form of a CSV file');
  };
  return { line: Number(lines), cells: refuse };
}

/** The rows of a table, whatever separates its cells and however its text is encoded. @throws TextError */
export async function* csvRows(input: Readable): AsyncGenerator<CsvRow> {
  const { parse } = await import('csv-parse');
  const { firstLine, text } = await withFirstLine(decodeStream(input, 'the file'));
  const dialect = dialectOf(firstLine);
  const parser = parse({
    skip_empty_lines: true,
    info: true,
    relax_column_count: true,
    delimiter: dialect.delimiter,
    from_line: dialect.header,
    // Around a cell; within quotes it belongs to the value.
    trim: true,
  });
  const source = Readable.from(text);
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  try {
    for await (const { record, info } of parser as Rows) yield { line: info.lines, cells: () => record };
  } catch (error) {
    const complaint = complaintOf(error);
    if (!complaint) throw error;
    yield complaint;
  }
}
