/**
 * Case folding of every target: never the host's locale. The sigma that ends a word folds as any other, as in Unicode's
 * own folding, or the beginning of a name would not be found in the name.
 */
export const fold = (text: string): string => text.toLowerCase().replaceAll('ς', 'σ');

/** Controls and all that is invisible in every script, but for the controls that are blanks (RFC 4518 §2.2: nothing). */
const NOTHING = /[[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u1806\ufffc]--[\t-\r\u0085]]/gv;
const BLANKS = /[\s\u0085]+/g;
/** What most names are made of; case is all that there is to fold. */
const PLAIN = /^[!-~]+$/;

/** What is seen of a part of a name (RFC 4518, NFKC): one blank for several, at its ends too. Case stays. */
export const visiblePart = (text: string): string => text.replace(NOTHING, '').normalize('NFKC').replace(BLANKS, ' ');

/** A part of a name in the form in which names compare. */
function namePart(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  // A small letter may have a composed form where the capital has none. İ is one with i in OpenLDAP.
  return fold(visiblePart(text))
    .replace(/i\u0307+/g, 'i')
    .normalize('NFKC');
}

/**
 * The form in which names compare, as directories compare them (RFC 4518 string preparation, RFC 4517
 * caseIgnoreMatch): case, width, composed or decomposed accents, invisible characters and further blanks do not count.
 * Names that one of them takes for equal are equal here.
 */
export const nameKey = (name: string): string => namePart(name).trim();

/** Blanks with and without width, and the marks of direction that come along when a name is pasted. */
const ENDS = /^[\s\u0085\u200b\u200e\u200f\u2060]+|[\s\u0085\u200b\u200e\u200f\u2060]+$/g;

/** A name as it is stored: as it was sent, but composed (NFC) and without blanks at its ends. Empty if nothing shows. */
export const tidyName = (name: string): string => (nameKey(name) === '' ? '' : name.normalize('NFC').replace(ENDS, ''));

/** How the text of an attribute compares. */
export interface Comparing {
  readonly caseExact: boolean;
  readonly isName: boolean;
}

/** A stored text in the form in which the attribute compares. */
export const comparable = ({ caseExact, isName }: Comparing, text: string): string =>
  caseExact ? text : isName ? nameKey(text) : fold(text);

/** What a filter compares with, in the same form. A blank at the open end of a part of a name counts. */
export function comparand(comparing: Comparing, op: string, text: string): string {
  if (comparing.caseExact || !comparing.isName) return comparable(comparing, text);
  if (op === 'ew') return namePart(text).trimEnd();
  return op === 'co' ? namePart(text) : op === 'sw' ? namePart(text).trimStart() : nameKey(text);
}

/** Order of Unicode code points, which is SQLite's order of UTF-8 bytes. JavaScript's `<` compares UTF-16 units. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      // Surrogates stand for code points above every other unit.
      const high = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
      return high(x) - high(y);
    }
  }
  return a.length - b.length;
}
