import type { Readable } from 'node:stream';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { cellOf, setCell } from './cells.ts';
import { columnsOf } from './columns.ts';
import { csvRows, invalidCsv } from './csv-rows.ts';
import { escapeFormula, unescapeFormula } from './formula.ts';
import { type ColumnNames, type Header, headerOf } from './header.ts';
import { type Located, refuseDamaged } from './located.ts';
import type { ResourceDocument } from './resource-document.ts';

/** What a reader would take for the space around a cell, or for the end of a line. */
const NEEDS_QUOTES = /^\s|\s$|\r/;

function documentIn(
  type: ResourceType,
  header: Header,
  record: readonly string[],
  toValue: (cell: string) => string,
): ResourceDocument {
  if (record.length !== header.length)
    throw invalidCsv(`has ${record.length} cells, and the header ${header.length} columns`);
  const document: Record<string, unknown> = { type: type.name };
  for (const [i, cell] of record.entries()) {
    refuseDamaged(cell);
    const column = header[i];
    if (column === '' && cell.trim() !== '') throw invalidCsv(`column ${i + 1} has a value and no name in the header`);
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
  let header: Header | undefined;
  for await (const { line, cells } of csvRows(input)) {
    const names = header;
    if (names) yield { line, read: () => documentIn(type, names, cells(), toValue) };
    else {
      const complaint = complaintIn(cells);
      if (complaint !== undefined) yield { line, read: complaint };
      else header = headerOf(type, cells(), columns);
    }
  }
}

/** The header may be no row. */
function complaintIn(cells: () => unknown): (() => never) | undefined {
  try {
    cells();
    return undefined;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

export async function* writeCsv(
  documents: Iterable<ResourceDocument> | AsyncIterable<ResourceDocument>,
  type: ResourceType,
  { escapeFormulas = true }: CsvForm = {},
): AsyncGenerator<string> {
  const toCell = escapeFormulas ? escapeFormula : asItIs;
  const { stringify } = await import('csv-stringify/sync');
  const columns = columnsOf(type);
  const line = (cells: readonly string[]): string =>
    stringify([[...cells]], { record_delimiter: '\n', quoted_match: NEEDS_QUOTES });
  yield line(columns);
  for await (const document of documents) yield line(columns.map((column) => toCell(cellOf(document, column))));
}
