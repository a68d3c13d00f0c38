import { typesOf } from '../../backend/module/app-settings.ts';
import type { TypeName } from '../../scim/schema/resource-type.ts';
import { columnsOf } from './columns.ts';
import { writeDocuments } from './documents.ts';
import type { Format } from './format.ts';
import { type LeftOut, LeftOutCount } from './left-out.ts';
import { type ResourceDocument, toDocument } from './resource-document.ts';
import type { StoredApp } from './stored-app.ts';

export interface ExportSettings {
  readonly format: Format;
  /** What a CSV file holds. */
  readonly type: TypeName;
  readonly passwordHashes: boolean;
  /** In a CSV file. By default. */
  readonly escapeFormulas?: boolean;
}

export interface ExportSummary {
  /** How many were written. */
  readonly resources: number;
  /** What CSV has no place for. */
  readonly leftOut: readonly LeftOut[];
}

/** Where the text of an export goes, a line at a time. */
export type WriteLines = (lines: AsyncIterable<string>) => Promise<void>;

/** Everything in the store, or all of one type as a table. @throws unavailable; what `write` throws */
export async function exportResources(
  { app, store }: StoredApp,
  { type: typeName, passwordHashes, ...form }: ExportSettings,
  write: WriteLines,
): Promise<ExportSummary> {
  const { format } = form;
  const type = typesOf(app)[typeName];
  const leftOut = format === 'csv' ? new LeftOutCount(columnsOf(type)) : undefined;
  const exported = await store.exported(app, { passwordHashes });
  let resources = 0;
  async function* documents(): AsyncGenerator<ResourceDocument> {
    for await (const resource of exported) {
      if (format === 'csv' && resource.type !== type.name) continue;
      const document = toDocument(resource);
      resources += 1;
      leftOut?.add(document);
      yield document;
    }
  }
  await write(writeDocuments(documents(), form, type));
  return { resources, leftOut: leftOut?.list() ?? [] };
}
