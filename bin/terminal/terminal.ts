import { stripVTControlCharacters, styleText } from 'node:util';
import type { Notices } from '../../connector/log/notices.ts';
import { widthOf, wrap } from './line-width.ts';

export interface Manner {
  /** Results are for programs. */
  readonly json?: boolean | undefined;
  /** Results and warnings only. */
  readonly quiet?: boolean | undefined;
}

/** Results go to stdout, everything said about them to stderr. */
export class Terminal implements Notices {
  readonly #quiet: boolean;
  readonly json: boolean;

  constructor({ json = false, quiet = false }: Manner) {
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
  info(text: string): void {
    if (!this.#quiet) process.stderr.write(`${wrap(text, widthOf(process.stderr))}\n`);
  }

  /** Commands to copy: never broken. Silent with --quiet. */
  noteCommands(title: string, lines: readonly string[]): void {
    if (!this.#quiet) process.stderr.write([title, ...lines.map((line) => `  ${line}`), ''].join('\n'));
  }

  warn(text: string): void {
    const mark = styleText('yellow', 'warning:', { stream: process.stderr });
    process.stderr.write(`${wrap(`warning: ${text}`, widthOf(process.stderr)).replace('warning:', mark)}\n`);
  }
}

/** `1 user`, `2 users`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** An ISO 8601 time without the milliseconds; other words as they are. */
export const toSeconds = (text: string): string => text.replace(/\.\d+Z$/, 'Z');

/** Columns as wide as their widest cell, two spaces apart; the last one is broken where the terminal ends. */
export function table(rows: readonly (readonly string[])[], width = widthOf(process.stdout)): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => {
      const before = row
        .slice(0, -1)
        .map((cell, column) => `${cell.padEnd(widths[column] ?? 0)}  `)
        .join('');
      return before + hung(row.at(-1) ?? '', stripVTControlCharacters(before).length, width);
    })
    .join('\n');
}

/** Continued below its beginning. */
const hung = (cell: string, column: number, width: number): string =>
  wrap(' '.repeat(column) + cell, width).slice(column);
