import type { Readable } from 'node:stream';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { type CsvForm, readCsv, writeCsv } from './csv.ts';
import type { Format } from './format.ts';
import { readJsonLines, writeJsonLines } from './json-lines.ts';
import type { Located } from './located.ts';
import type { ResourceDocument } from './resource-document.ts';

export interface DocumentFormat extends CsvForm {
  readonly format: Format;
}

/** @param type  of what a CSV file holds @throws OperationError, TextError */
export const readDocuments = (
  input: Readable,
  { format, ...form }: DocumentFormat,
  type: ResourceType,
): AsyncIterable<Located> => (format === 'csv' ? readCsv(input, type, form) : readJsonLines(input));

/** Text of the file, a line at a time. */
export const writeDocuments = (
  documents: AsyncIterable<ResourceDocument>,
  { format, ...form }: DocumentFormat,
  type: ResourceType,
): AsyncIterable<string> => (format === 'csv' ? writeCsv(documents, type, form) : writeJsonLines(documents));
