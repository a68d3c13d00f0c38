/** Columns of the terminal behind a stream. A file or a pipe has no end of line: what is written there can be searched. */
export const widthOf = ({ isTTY, columns }: NodeJS.WriteStream): number =>
  isTTY && columns > 0 ? columns : Number.POSITIVE_INFINITY;

/** Room below which broken lines read worse than long ones. Unit: columns. */
const LEAST = 24;

/** Lines broken between words, indented as they began. A word wider than the room stays whole: it may be copied. */
export const wrap = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line) => (line.length <= width ? line : broken(line, width)))
    .join('\n');

function broken(line: string, width: number): string {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const room = width - indent.length;
  if (room < LEAST) return line;
  const lines: string[] = [];
  for (const word of line.trim().split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((one) => indent + one).join('\n');
}
