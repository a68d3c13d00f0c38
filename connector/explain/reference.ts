/** Blanks, and the dashes that word processors make of a dash. */
const DASH = '[\\s\\u2010-\\u2015\\u2212-]{0,3}';
const BLOCKS = `([0-9a-z]{4})${DASH}([0-9a-z]{4})`;

/** In an error text, wherever it was cut from. */
const IN_TEXT = new RegExp(`\\bref(?:erence)?[\\s:."']+${BLOCKS}(?![0-9a-z])`, 'i');
/** Alone, in brackets or not, after the word or not. */
const ALONE = new RegExp(`^\\(?(?:ref(?:erence)?[\\s:.]*)?${BLOCKS}\\)?[.,]?$`, 'i');

const written = (match: RegExpExecArray | null): string | undefined =>
  match ? `${match[1]}-${match[2]}`.toUpperCase() : undefined;

/** The reference of a text that is nothing else, in the form in which it is kept: `K7Q2-91XM`. */
export const asReference = (text: string): string | undefined => written(ALONE.exec(text.trim()));

/** The reference in a text, or that it is; any case, its dash may be missing. */
export const referenceIn = (text: string): string | undefined => written(IN_TEXT.exec(text)) ?? asReference(text);
