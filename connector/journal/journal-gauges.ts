import { statSync } from 'node:fs';
import type { Gauge } from '../backend/backend.ts';
import type { CopyHealth } from './copying.ts';
import type { JournalWriter } from './journal-writer.ts';

/** 0 where it cannot be looked at. Unit: bytes. */
function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

/** Unit: seconds since 1970; undefined where there is no record, or none can be read. */
function oldestOf({ store }: JournalWriter): number | undefined {
  try {
    const [record] = store?.select({ first: 'oldest', limit: 1 }) ?? [];
    return record && Date.parse(record.time) / 1000;
  } catch {
    return undefined;
  }
}

const sharedGauges = ({ failure, copied, behind }: CopyHealth): readonly Gauge[] => [
  {
    name: 'journal_shared_reachable',
    help: '1, or 0 while no record can be copied to the database that connectors share',
    value: Number(failure === undefined),
  },
  { name: 'journal_shared_records_total', help: 'Records that were copied there since the start', value: copied },
  ...(behind === undefined
    ? []
    : [{ name: 'journal_shared_records_waiting', help: 'Records that wait to be copied there', value: behind }]),
];

/** What is known of a journal, for whoever watches. @param file  where it lies @param shared  of its copy */
export function journalGauges(writer: JournalWriter, file: string, shared?: CopyHealth): readonly Gauge[] {
  const { failure, waiting, lost, written } = writer.health;
  const oldest = oldestOf(writer);
  return [
    { name: 'journal_writable', help: '1, or 0 while no record can be kept', value: Number(failure === undefined) },
    { name: 'journal_records_total', help: 'Records that were kept since the start', value: written },
    { name: 'journal_records_lost_total', help: 'Records that could be kept nowhere since the start', value: lost },
    { name: 'journal_records_waiting', help: 'Records that wait to be written', value: waiting },
    { name: 'journal_bytes', help: 'Size of the journal', value: sizeOf(file) },
    ...(oldest === undefined
      ? []
      : [
          {
            name: 'journal_oldest_record_timestamp_seconds',
            help: 'Time of the oldest record that is still kept, as Unix time',
            value: oldest,
          },
        ]),
    ...(shared ? sharedGauges(shared) : []),
  ];
}
