import { statSync } from 'node:fs';
import type { Gauge } from '../backend.ts';
import type { CommitQueue } from './writing/commit-queue.ts';

/** 0 where it cannot be looked at. Unit: bytes. */
function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

/** What is known of a database, for whoever watches. */
export function sqliteGauges(
  { waiting, commits, operations, busy }: CommitQueue['standing'],
  file: string,
): readonly Gauge[] {
  const size = (name: string, path: string): Gauge => ({
    name: 'sqlite_file_bytes',
    help: 'Size of the database and of the log beside it (wal)',
    value: sizeOf(path),
    labels: { file: name },
  });
  return [
    { name: 'sqlite_commit_queue', help: 'Changes that wait for a transaction', value: waiting },
    {
      name: 'sqlite_commits_total',
      help: 'Transactions of the database that changed something or tried to',
      value: commits,
    },
    {
      name: 'sqlite_commit_operations_total',
      help: 'Changes in transactions of the database: those that come together share one',
      value: operations,
    },
    {
      name: 'sqlite_commit_seconds_total',
      help: 'Time that transactions of the database took, with their waits for the disk',
      value: busy / 1000,
    },
    size('database', file),
    size('wal', `${file}-wal`),
  ];
}
