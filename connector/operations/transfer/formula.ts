/**
 * What a spreadsheet takes for a formula, behind any number of apostrophes; signs of full width are signs in Japanese ones.
 * `+46 70 123 45 67` and `-5` are numbers and as harmless as they look. OWASP, "CSV Injection".
 */
const FORMULA = /^'*(?:[\t\r\n]|\s*(?:[=@＝＠]|[+\-＋－](?![\d\s().-]*$)))/;
/** Has all that `FORMULA` has, behind an apostrophe. */
const ESCAPED = /^'+(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;

/** With an apostrophe before it, which makes a spreadsheet show it as text. */
export const escapeFormula = (cell: string): string => (FORMULA.test(cell) || ESCAPED.test(cell) ? `'${cell}` : cell);

/** Undoes `escapeFormula`, and what people do in spreadsheets to keep a `+` or `=`. */
export const unescapeFormula = (cell: string): string => (ESCAPED.test(cell) ? cell.slice(1) : cell);
