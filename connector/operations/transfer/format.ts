export type Format = 'jsonl' | 'csv';

/** By the flag, else by the name of the file, else JSON lines. */
export function formatOf(file: string | undefined, flag: string | undefined): Format {
  if (flag === 'jsonl' || flag === 'csv') return flag;
  return file?.toLowerCase().endsWith('.csv') ? 'csv' : 'jsonl';
}
