/** HTML that may be written as it is: every value in it has been escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Controls but line ends have no place in HTML; what turns the direction of a text could show another one. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Also within an attribute in quotes. */
export const escapeHtml = (text: string): string =>
  text.replace(UNSEEN, (one) => (one === '\n' ? one : '\ufffd')).replace(/[&<>"']/g, (one) => ESCAPES[one] ?? one);

type Part = string | number | Markup | undefined | readonly (Markup | undefined)[];

const written = (part: Part): string => {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  return typeof part === 'object' ? part.map((one) => one?.text ?? '').join('') : escapeHtml(String(part));
};

/** A template whose values are text, unless they are markup themselves. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(strings.map((text, i) => text + (i < parts.length ? written(parts[i]) : '')).join(''));
