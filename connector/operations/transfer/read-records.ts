import { closeSync, createReadStream, fstatSync, openSync, type ReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ScimError } from '../../scim/error.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { OperationError } from '../operation-error.ts';
import { setCell, unknownColumns } from './columns.ts';
import type { Format } from './format.ts';

/** One record and the line it stands on. */
export interface Located {
  readonly line: number;
  /** @throws invalidSyntax what stands there cannot be read */
  readonly read: () => unknown;
}

/** Opened at once: what is wrong with the file is known before anything is done. @throws OperationError usage */
export function openInput(file: string): Readable | ReadStream {
  if (file === '-') return process.stdin;
  const fd = openSync(file, 'r');
  if (!fstatSync(fd).isDirectory()) return createReadStream(file, { fd });
  closeSync(fd);
  throw new OperationError('usage', `${file}: is a folder; name a file`);
}

/** What the decoder puts where bytes are no UTF-8: Excel's plain CSV, for one. @throws invalidSyntax */
function refuseDamaged(text: string): void {
  if (text.includes('\ufffd')) {
    throw new ScimError('invalidSyntax', 'not UTF-8 text; save the file as UTF-8 (in Excel: "CSV UTF-8")');
  }
}

function parseJson(text: string): unknown {
  refuseDamaged(text);
  try {
    return JSON.parse(text);
  } catch {
    // Not the parser's words: they quote the line, which may hold a password.
    throw new ScimError('invalidSyntax', 'not valid JSON');
  }
}

async function* readJsonLines(input: Readable): AsyncGenerator<Located> {
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    const json = line === 1 ? text.replace(/^\ufeff/, '') : text;
    if (json.trim() !== '') yield { line, read: () => parseJson(json) };
  }
}

/** @throws OperationError usage for a header that leads nowhere; invalidSyntax naming the line */
async function* readCsv(input: Readable, type: ResourceType): AsyncGenerator<Located> {
  const { parse } = await import('csv-parse');
  let columns: string[] = [];
  const parser = parse({
    bom: true,
    skip_empty_lines: true,
    info: true,
    columns: (header: string[]) => {
      columns = header.map((name) => name.trim());
      return columns;
    },
  });
  input.on('error', (error) => parser.destroy(error)).pipe(parser);
  let checked = false;
  try {
    for await (const { record: cells, info } of parser as AsyncIterable<{
      record: Record<string, string>;
      info: { lines: number };
    }>) {
      if (!checked) refuseUnknown(type, columns);
      checked = true;
      const record: Record<string, unknown> = { type: type.name };
      for (const column of columns) setCell(type, record, column, (cells[column] ?? '').trim());
      const read = (): unknown => {
        for (const cell of Object.values(cells)) refuseDamaged(cell);
        return record;
      };
      yield { line: info.lines, read };
    }
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (typeof code !== 'string' || !code.startsWith('CSV_')) throw error;
    throw new ScimError('invalidSyntax', (error as Error).message.replace(/^Invalid/, 'invalid'));
  }
}

function refuseUnknown(type: ResourceType, columns: readonly string[]): void {
  const unknown = unknownColumns(type, columns);
  if (unknown.length === 0) return;
  throw new OperationError(
    'usage',
    `the header has columns that ${type.name} lacks: ${unknown.join(', ')} (data export --format csv shows the names)`,
  );
}

export const readRecords = (input: Readable, format: Format, type: ResourceType): AsyncGenerator<Located> =>
  format === 'csv' ? readCsv(input, type) : readJsonLines(input);
