import { referenceIn } from './reference.ts';

/** What a person has in hand: the text of a task in Okta, an error text, a line of a log. */
export interface PastedText {
  /** Plain and on one line. */
  readonly text: string;
  /** What the connector said, where that can be told from what Okta wrote around it. */
  readonly said?: string;
  readonly reference?: string;
  /** What Okta calls the request: `createNewUser`. */
  readonly message?: string;
  /** HTTP status that the agent was answered with. */
  readonly status?: number;
}

/** A task's text is never as long; a log may be. Unit: characters. */
const LONGEST = 64_000;

/** Names of characters in HTML, as far as a task's text has them. */
const NAMED: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  ldquo: '"',
  rdquo: '"',
  lsquo: "'",
  rsquo: "'",
  hellip: '…',
};

const decoded = (text: string): string =>
  text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );

/** What pages, mail programs and word processors do to a text, undone. Entities may stand in entities. */
const plain = (text: string): string =>
  decoded(decoded(text))
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"')
    .replace(/[\u2018-\u201b\u2032]/g, "'")
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[\u2010-\u2012]/g, '-')
    .replace(/\\r|\\n|\\t/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const unescaped = (text: string): string =>
  text
    .replace(/\\u([\da-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\+(["/])/g, '$1');

/** Up to the reference, or to the end of the JSON text; that may be cut off. */
const SAID = [
  /"(?:description|detail)\\?"\s*:\s*\\?"(.{0,2000}?)\s*\(ref\b/i,
  /"(?:description|detail)"\s*:\s*"((?:[^"\\]|\\.){0,2000})/i,
  /"(?:description|detail)\\"\s*:\s*\\"(.{0,2000}?)(?:\\"|$)/i,
  /^(.{0,2000}?)\s*\(ref\b/i,
];

function saidIn(text: string): string | undefined {
  const said = SAID.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined && found !== '');
  return said === undefined ? undefined : unescaped(said);
}

/** Reads what was pasted; whatever it is, something comes out. */
export function readPasted(pasted: string): PastedText {
  const text = plain(pasted.slice(0, LONGEST));
  const message = /\bcall to (\w+)/i.exec(text)?.[1];
  const status = /\b(?:Error code|HTTP status|status(?:Code)?)"?\s*[:=]?\s*"?(\d{3})\b/i.exec(text)?.[1];
  const reference = referenceIn(text);
  const said = saidIn(text);
  return {
    text: unescaped(text),
    ...(said === undefined ? {} : { said }),
    ...(reference === undefined ? {} : { reference }),
    ...(message === undefined ? {} : { message }),
    ...(status === undefined ? {} : { status: Number(status) }),
  };
}
