import { closeSync, createWriteStream, openSync, renameSync, rmSync } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { typesOf } from '../../backend/module/app-settings.ts';
import type { TypeName } from '../../scim/schema/resource-type.ts';
import { createPrivateFile } from '../../state/private-file.ts';
import { columnsOf } from './columns.ts';
import type { Format } from './format.ts';
import { type LeftOut, LeftOutCount } from './left-out.ts';
import type { StoredApp } from './stored-app.ts';
import { type TransferRecord, toRecord } from './transfer-record.ts';
import { writeRecords } from './write-records.ts';

export interface ExportOptions {
  readonly format: Format;
  /** In CSV a file holds one type. */
  readonly type: TypeName;
  readonly passwordHashes: boolean;
}

export interface ExportSummary {
  /** How many were written. */
  readonly resources: number;
  /** What CSV has no place for. */
  readonly leftOut: readonly LeftOut[];
}

/** @param target  a new file, which appears whole or not at all; or a stream, which stays open. @throws unavailable */
export async function exportTo(
  { app, store }: StoredApp,
  target: string | Writable,
  { format, type: typeName, passwordHashes }: ExportOptions,
): Promise<ExportSummary> {
  const type = typesOf(app)[typeName];
  const leftOut = format === 'csv' ? new LeftOutCount(columnsOf(type)) : undefined;
  let resources = 0;
  const exported = await store.exported(app, { passwordHashes });
  function* records(): Generator<TransferRecord> {
    for (const resource of exported) {
      if (format === 'csv' && resource.type !== type.name) continue;
      const record = toRecord(resource);
      resources += 1;
      leftOut?.add(record);
      yield record;
    }
  }
  async function* text(): AsyncGenerator<string> {
    for await (const line of writeRecords(records(), format, type)) yield `${line}\n`;
  }
  const content = Readable.from(text());
  if (typeof target === 'string') await writeWhole(target, content);
  else await pipeline(content, target, { end: false });
  return { resources, leftOut: leftOut?.list() ?? [] };
}

/** For its owner alone: it holds people. */
async function writeWhole(target: string, content: Readable): Promise<void> {
  const partial = `${target}.${process.pid}.partial`;
  // Taken first, so that nobody else's file comes between.
  closeSync(openSync(target, 'wx', 0o600));
  try {
    await pipeline(content, createWriteStream(partial, { fd: createPrivateFile(partial) }));
    renameSync(partial, target);
  } catch (error) {
    for (const file of [partial, target]) rmSync(file, { force: true });
    throw error;
  }
}
