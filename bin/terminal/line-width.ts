import stringWidth from 'string-width';

/** Columns of the terminal behind a stream. A file or a pipe has no end of line: what is written there can be searched. */
export const widthOf = ({ isTTY, columns }: NodeJS.WriteStream): number =>
  isTTY && columns > 0 ? columns : Number.POSITIVE_INFINITY;

/** What fits every terminal. Unit: columns. */
const PAGE = 80;

/** Columns for lines that are cut and not broken: of the terminal, else what fits every one. */
export const pageWidth = ({ isTTY, columns }: NodeJS.WriteStream): number => (isTTY && columns > 0 ? columns : PAGE);

/** Filled with blanks up to a column, as a terminal counts them: wide characters take two, colors none. */
export const padTo = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)));

/** Not wider than that; the end that is missing is shown by an ellipsis. Never half a character. */
export function cutTo(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let cut = '';
  let used = 1;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += stringWidth(segment);
    if (used > width) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}

/** Room below which broken lines read worse than long ones. Unit: columns. */
const LEAST = 24;

/** Lines broken between words, indented as they began. A word wider than the room stays whole: it may be copied. */
export const wrap = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line) => (stringWidth(line) <= width ? line : broken(line, width)))
    .join('\n');

function broken(line: string, width: number): string {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const room = width - indent.length;
  if (room < LEAST) return line;
  const lines: string[] = [];
  for (const word of line.trim().split(' ')) {
    const longer = lines.length === 0 ? undefined : `${lines.at(-1)} ${word}`;
    if (longer === undefined || stringWidth(longer) > room) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((one) => indent + one).join('\n');
}
