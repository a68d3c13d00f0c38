import type { Readable } from 'node:stream';
import { ScimError } from '../../scim/error.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { OperationError } from '../operation-error.ts';
import { cellOf, setCell } from './cells.ts';
import { columnsOf, unknownColumns } from './columns.ts';
import { type Located, refuseDamaged } from './located.ts';
import type { ResourceDocument } from './resource-document.ts';

type Cells = Readonly<Record<string, string>>;
type Rows = AsyncIterable<{
  readonly record: Cells;
  readonly info: { readonly lines: number; readonly records: number };
}>;

/** @throws OperationError usage: the header leads nowhere */
function refuseUnknown(type: ResourceType, columns: readonly string[]): void {
  const unknown = unknownColumns(type, columns);
  if (unknown.length === 0) return;
  throw new OperationError(
    'usage',
    `the header has columns that ${type.name} lacks: ${unknown.join(', ')} (data export --format csv shows the names)`,
  );
}

function documentIn(type: ResourceType, cells: Cells): ResourceDocument {
  const document: Record<string, unknown> = { type: type.name };
  for (const [column, cell] of Object.entries(cells)) setCell(type, document, column, cell.trim());
  return document;
}

/** @throws OperationError usage for a header that leads nowhere; invalidSyntax naming the line */
export async function* readCsv(input: Readable, type: ResourceType): AsyncGenerator<Located> {
  const { parse } = await import('csv-parse');
  const parser = parse({
    bom: true,
    skip_empty_lines: true,
    info: true,
    columns: (header: string[]) => header.map((name) => name.trim()),
  });
  input.on('error', (error) => parser.destroy(error)).pipe(parser);
  try {
    for await (const { record: cells, info } of parser as Rows) {
      if (info.records === 1) refuseUnknown(type, Object.keys(cells));
      const document = documentIn(type, cells);
      const read = (): unknown => {
        for (const cell of Object.values(cells)) refuseDamaged(cell);
        return document;
      };
      yield { line: info.lines, read };
    }
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (typeof code !== 'string' || !code.startsWith('CSV_')) throw error;
    throw new ScimError('invalidSyntax', (error as Error).message.replace(/^Invalid/, 'invalid'));
  }
}

export async function* writeCsv(documents: Iterable<ResourceDocument>, type: ResourceType): AsyncGenerator<string> {
  const { stringify } = await import('csv-stringify/sync');
  const columns = columnsOf(type);
  const line = (cells: readonly string[]): string => stringify([[...cells]], { record_delimiter: '\n' });
  yield line(columns);
  for (const document of documents) yield line(columns.map((column) => cellOf(document, column)));
}
