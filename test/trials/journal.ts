import { journalOnFile } from './journal-on-file.ts';
import type { Trial } from './trial.ts';

export const journal: Trial = {
  promise: 'after kill -9 every change that was made has its record, once, and no record tells of one that was not',
  counts: 'kills',
  count: 25,
  patience: 30,
  run: (bench) => journalOnFile(bench, bench.count),
};
