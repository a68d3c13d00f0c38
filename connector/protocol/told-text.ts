/** As much of a text as Okta's Tasks page shows without a scroll bar, and a person reads. Unit: characters. */
const LONGEST = 200;
/** What is left of a value that makes a text too long. Unit: characters. */
const SHORTEST_VALUE = 24;
const ELLIPSIS = '…';

/** Half a character is none. */
const begin = (text: string, length: number): string => text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
const end = (text: string, length: number): string =>
  (length > 0 ? text.slice(-length) : '').replace(/^[\udc00-\udfff]/, '');

/** Values first: what is wrong and the fix are the rest. */
const withShortValues = (text: string): string =>
  text.replace(/"([^"]*)"/g, (whole, value: string) =>
    value.length > SHORTEST_VALUE ? `"${begin(value, SHORTEST_VALUE - 1)}${ELLIPSIS}"` : whole,
  );

/** A text begins with the attribute and ends with the fix. */
function withoutMiddle(text: string, length: number): string {
  const kept = length - ELLIPSIS.length - 2;
  const before = Math.ceil(kept / 2);
  return `${begin(text, before).trimEnd()} ${ELLIPSIS} ${end(text, kept - before).trimStart()}`;
}

/**
 * What a client is told, with the reference behind it: at most 200 characters, for Okta pastes it into a task beside much
 * of its own. The journal and the log keep all of it.
 */
export function toldText(message: string, reference: string): string {
  const ref = ` (ref ${reference})`;
  const room = LONGEST - ref.length;
  if (message.length <= room) return message + ref;
  const short = withShortValues(message);
  return (short.length <= room ? short : withoutMiddle(short, room)) + ref;
}
