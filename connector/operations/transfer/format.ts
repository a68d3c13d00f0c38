/** JSON lines hold everything; a CSV file is a table of one type. */
export type Format = 'jsonl' | 'csv';

/** As asked for, else by the name of the file, else JSON lines. */
export function formatOf(file: string | undefined, asked: string | undefined): Format {
  if (asked === 'jsonl' || asked === 'csv') return asked;
  return /\.(csv|tsv)$/i.test(file ?? '') ? 'csv' : 'jsonl';
}
