/** Names that a client sent, as far as a line of the log may hold them: a secret may have been typed where a name belongs. */

/** Of what a client may send by the thousand. */
const MOST = 50;
const NOT_SHOWN = '[not shown]';

/** What schemas name attributes: a letter, then letters, marks between words, and few digits (`x509Certificates`). */
const NAME = /^[A-Za-z][A-Za-z0-9_$-]{0,39}$/;
const MANY_DIGITS = /(?:\d\D*){4}/;
const URN = /^urn:[A-Za-z0-9][A-Za-z0-9-]{0,30}(?::[A-Za-z0-9_.-]{1,40}){1,8}$/;

const isName = (text: string): boolean => NAME.test(text) && !MANY_DIGITS.test(text);
const isPath = (text: string): boolean => text.length <= 200 && text.split('.').every(isName);

/** `userName`, `name.familyName`, `urn:…:User:costCenter`, or that it is not shown. */
export function loggedName(name: string): string {
  if (isPath(name)) return name;
  const colon = name.lastIndexOf(':');
  const isQualified = name.length <= 400 && URN.test(name.slice(0, colon)) && isPath(name.slice(colon + 1));
  if (isQualified || (name.length <= 400 && URN.test(name) && !MANY_DIGITS.test(name.slice(colon + 1)))) return name;
  return NOT_SHOWN;
}

/** The first of them, and what is not shown once. */
export const loggedNames = (names: readonly string[]): readonly string[] => [
  ...new Set(names.slice(0, MOST).map(loggedName)),
];

/** Ids are a store's, or what a client took for one. */
export const loggedIds = (ids: readonly string[]): readonly string[] =>
  ids.slice(0, MOST).map((id) => (id.length > 100 ? `${id.slice(0, 97)}...` : id));
