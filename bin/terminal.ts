import { styleText } from 'node:util';
import type { GlobalArguments } from './arguments.ts';

/** Results go to stdout, everything said about them to stderr. */
export class Terminal {
  readonly #quiet: boolean;
  readonly json: boolean;

  constructor({ json = false, quiet = false }: Pick<GlobalArguments, 'json' | 'quiet'>) {
    this.json = json;
    this.#quiet = quiet;
  }

  /** A result: lines of text. */
  print(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** A result for programs. */
  printJson(value: unknown): void {
    process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** Something good to know. Silent with --quiet. */
  note(text: string): void {
    if (!this.#quiet) process.stderr.write(`${text}\n`);
  }

  warn(text: string): void {
    process.stderr.write(`${styleText('yellow', 'warning:', { stream: process.stderr })} ${text}\n`);
  }
}

/** Columns as wide as their widest cell, two spaces apart; the last one is left as it is. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '),
    )
    .join('\n');
}
