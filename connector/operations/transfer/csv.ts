import { Readable } from 'node:stream';
import { ScimError } from '../../scim/error.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { decodeStream } from '../../text/decode-stream.ts';
import { cellOf, setCell } from './cells.ts';
import { columnsOf } from './columns.ts';
import { dialectOf } from './delimiter.ts';
import { withFirstLine } from './first-line.ts';
import { escapeFormula, unescapeFormula } from './formula.ts';
import { type ColumnNames, type Header, headerOf } from './header.ts';
import { type Located, refuseDamaged } from './located.ts';
import type { ResourceDocument } from './resource-document.ts';

type Rows = AsyncIterable<{ readonly record: readonly string[]; readonly info: { readonly lines: number } }>;

/** What a reader would take for the space around a cell, or for the end of a line. */
const NEEDS_QUOTES = /^\s|\s$|\r/;

const invalid = (text: string): ScimError => new ScimError('invalidSyntax', text, { fault: 'import-file-invalid' });

/** The parser's complaints in our words: its own quote the cell. */
const COMPLAINTS: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE: 'a quote within a cell; put the cell in quotes and write each quote in it twice',
  CSV_INVALID_CLOSING_QUOTE: 'text behind a quote; write each quote within a cell twice',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'text behind a quote; write each quote within a cell twice',
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
};

/** Of the parser's errors; the parser has a name for each. */
function complaintOf(error: unknown): Located | undefined {
  const { code, lines } = error as { code?: unknown; lines?: unknown };
  if (typeof code !== 'string' || !/^(CSV_|INVALID_)/.test(code)) return undefined;
  const refuse = (): never => {
    throw invalid(COMPLAINTS[code] ?? 'not the form of a CSV file');
  };
  return { line: Number(lines), read: refuse };
}

function documentIn(
  type: ResourceType,
  header: Header,
  record: readonly string[],
  toValue: (cell: string) => string,
): ResourceDocument {
  if (record.length !== header.length)
    throw invalid(`has ${record.length} cells, and the header ${header.length} columns`);
  const document: Record<string, unknown> = { type: type.name };
  for (const [i, cell] of record.entries()) {
    refuseDamaged(cell);
    const column = header[i];
    if (column === '' && cell.trim() !== '') throw invalid(`column ${i + 1} has a value and no name in the header`);
    if (column) setCell(type, document, column, toValue(cell));
  }
  return document;
}

export interface CsvForm {
  /** Of a file that is read. */
  readonly columns?: ColumnNames;
  /** Formulas are text, with an apostrophe before them in the file. By default. */
  readonly escapeFormulas?: boolean;
}

const asItIs = (cell: string): string => cell;

/** @throws OperationError usage for a header that leads nowhere */
export async function* readCsv(
  input: Readable,
  type: ResourceType,
  { columns = new Map(), escapeFormulas = true }: CsvForm = {},
): AsyncGenerator<Located> {
  const toValue = escapeFormulas ? unescapeFormula : asItIs;
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
  let header: Header | undefined;
  try {
    for await (const { record, info } of parser as Rows) {
      if (header) {
        const names = header;
        yield { line: info.lines, read: () => documentIn(type, names, record, toValue) };
      } else header = headerOf(type, record, columns);
    }
  } catch (error) {
    const complaint = complaintOf(error);
    if (!complaint) throw error;
    yield complaint;
  }
}

export async function* writeCsv(
  documents: Iterable<ResourceDocument>,
  type: ResourceType,
  { escapeFormulas = true }: CsvForm = {},
): AsyncGenerator<string> {
  const toCell = escapeFormulas ? escapeFormula : asItIs;
  const { stringify } = await import('csv-stringify/sync');
  const columns = columnsOf(type);
  const line = (cells: readonly string[]): string =>
    stringify([[...cells]], { record_delimiter: '\n', quoted_match: NEEDS_QUOTES });
  yield line(columns);
  for (const document of documents) yield line(columns.map((column) => toCell(cellOf(document, column))));
}
