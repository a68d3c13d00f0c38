import type { Readable } from 'node:stream';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { readCsv, writeCsv } from './csv.ts';
import type { Format } from './format.ts';
import type { ColumnNames } from './header.ts';
import { readJsonLines, writeJsonLines } from './json-lines.ts';
import type { Located } from './located.ts';
import type { ResourceDocument } from './resource-document.ts';

export interface DocumentFormat {
  readonly format: Format;
  /** Of a CSV file. */
  readonly columns?: ColumnNames;
}

/** @param type  of what a CSV file holds @throws OperationError, TextError */
export const readDocuments = (
  input: Readable,
  { format, columns = new Map() }: DocumentFormat,
  type: ResourceType,
): AsyncIterable<Located> => (format === 'csv' ? readCsv(input, type, columns) : readJsonLines(input));

/** Text of the file, a line at a time. */
export const writeDocuments = (
  documents: Iterable<ResourceDocument>,
  format: Format,
  type: ResourceType,
): Iterable<string> | AsyncIterable<string> =>
  format === 'csv' ? writeCsv(documents, type) : writeJsonLines(documents);
