import stringWidth from 'string-width';
import { padTo, widthOf, wrap } from './line-width.ts';

/** Columns as wide as their widest cell, two spaces apart; the last one is broken where the terminal ends. */
export function table(rows: readonly (readonly string[])[], width = widthOf(process.stdout)): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))));
  return rows
    .map((row) => {
      const before = row
        .slice(0, -1)
        .map((cell, column) => `${padTo(cell, widths[column] ?? 0)}  `)
        .join('');
      return before + hung(row.at(-1) ?? '', stringWidth(before), width);
    })
    .join('\n');
}

/** Continued below its beginning. */
const hung = (cell: string, column: number, width: number): string =>
  wrap(' '.repeat(column) + cell, width).slice(column);
