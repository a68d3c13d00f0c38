import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { cellOf, columnsOf } from './columns.ts';
import type { Format } from './format.ts';
import type { TransferRecord } from './transfer-record.ts';

/** Lines of a file, without their line ends. */
export async function* writeRecords(
  records: Iterable<TransferRecord>,
  format: Format,
  type: ResourceType,
): AsyncGenerator<string> {
  if (format === 'jsonl') {
    for (const record of records) yield JSON.stringify(record);
    return;
  }
  const { stringify } = await import('csv-stringify/sync');
  const columns = columnsOf(type);
  const row = (cells: readonly string[]): string => stringify([[...cells]], { record_delimiter: '' });
  yield row(columns);
  for (const record of records) yield row(columns.map((column) => cellOf(record, column)));
}
