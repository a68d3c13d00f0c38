/** Most lines hold nothing else. */
const PLAIN = /^[\x20-\x7e\n]*$/;

/**
 * What shows as nothing, or turns the text around it: a line would read otherwise than it is, or look like two. JSON has
 * escaped the first 32 already.
 */
const UNSEEN = /[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u007f-\u009f\u115f\u1160\u3164\uffa0]/gu;

const escaped = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** A line of JSON, or of what people read, in characters that show. JSON stays the same JSON. */
export const printable = (line: string): string => (PLAIN.test(line) ? line : line.replace(UNSEEN, escaped));

/** Also without line ends and the like. */
export const onOneLine = (text: string): string => printable(text.replace(/\p{Cc}/gu, escaped));
