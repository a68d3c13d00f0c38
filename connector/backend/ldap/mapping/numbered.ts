/** The first `room` characters, none of them halved, no blank at the end. */
function cut(text: string, room: number): string {
  if (text.length <= room) return text;
  const short = text.slice(0, Math.max(0, room));
  return short.replace(/[\uD800-\uDBFF]$/, '').trimEnd();
}

/** `text` itself for 1, then with 2, 3, … behind it; never longer than `room`. Unit: characters. */
export function numbered(text: string, n: number, room: number): string {
  if (n === 1) return cut(text, room);
  const digits = String(n);
  return cut(text, room - digits.length) + digits;
}
