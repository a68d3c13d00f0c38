import { journalOnDirectory } from './journal-on-directory.ts';
import { journalOnFile } from './journal-on-file.ts';
import type { Bench, Figures, Trial } from './trial.ts';

const STORES: Readonly<Record<'file' | 'directory', (bench: Bench, count: number) => Promise<Figures>>> = {
  file: journalOnFile,
  directory: journalOnDirectory,
};

/** @param stores  what to try it on, as often each */
export const journalOn = (...stores: readonly (keyof typeof STORES)[]): Trial => ({
  promise: 'after kill -9 every change that was made has its record, once, and no record tells of one that was not',
  counts: 'kills each',
  count: 25,
  patience: 60,
  run: async (bench) => {
    let figures: Figures = {};
    for (const store of stores) figures = { ...figures, ...(await STORES[store](bench, bench.count)) };
    return figures;
  },
});

export const journal = journalOn('file', 'directory');
