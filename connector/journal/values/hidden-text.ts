/** Makes of a value what may stand in its place. */
export type Hide = (value: string) => string;

/** Parts of a name that are a place and no person. */
const PLACES: ReadonlySet<string> = new Set(['dc', 'ou', 'o', 'c', 'l']);

const NAMING = /([A-Za-z][\w.;-]*)=((?:\\.|[^,+\\"\n])+)/g;
const QUOTED = /"((?:\\.|[^"\\])+)"/g;

/** `RegExp.escape`, which the language level of this project does not know yet. */
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** `uid=ann,ou=people,dc=x` names a person and two places. */
const inNamings = (text: string, hide: Hide): string =>
  text.replaceAll(NAMING, (whole, attribute: string, value: string) =>
    PLACES.has(attribute.toLowerCase()) ? whole : `${attribute}=${hide(value)}`,
  );

const isName = (text: string): boolean => /^[A-Za-z][\w.;-]*=.*,/.test(text);

/** A sentence, without what it quotes and without those who are named in it. @param known  values that it may hold without quotes */
export function hiddenText(text: string, known: readonly string[], hide: Hide): string {
  const quoted = text.replaceAll(QUOTED, (_, value: string) =>
    isName(value) ? `"${inNamings(value, hide)}"` : `"${hide(value)}"`,
  );
  const named = inNamings(quoted, hide);
  const values = known.filter((value) => value.length > 2).sort((a, b) => b.length - a.length);
  if (values.length === 0) return named;
  return named.replace(new RegExp(values.map(escaped).join('|'), 'gi'), hide);
}

/** What a write says of itself and not of a person (RFC 2849). */
const STRUCTURE: ReadonlySet<string> = new Set([
  ...['changetype', 'add', 'delete', 'replace', 'increment', 'objectclass', 'deleteoldrdn', 'version', 'control'],
]);

/** How a write ended, and what was left out. */
const NOTE =
  /^(?:-|# and \d+ more of \d+ (?:writes|values of [\w.;-]+)|# (?:done|not done|nobody knows whether this was done)|# Password Modify.*|)$/;
/** Of a refusal the result code. */
const REFUSED = /^(# refused: \w+ \(\d+\)).*$/;

const LINE = /^(# )?([\w.;-]+)(::?) ?(.*)$/;

function hiddenLine(line: string, hide: Hide): string {
  const refused = REFUSED.exec(line)?.[1];
  if (refused !== undefined) return refused;
  const [, comment = '', name = '', colons = '', value = ''] = LINE.exec(line) ?? [];
  if (name === '') return NOTE.test(line) ? line : '# …';
  if (STRUCTURE.has(name.toLowerCase()) || value === '(the password)' || value.endsWith(' (the password)')) return line;
  const text = colons === '::' ? Buffer.from(value, 'base64').toString('utf8') : value;
  return `${comment}${name}: ${isName(text) || /^(?:newrdn)$/i.test(name) ? inNamings(text, hide) : hide(text)}`;
}

/** A write in LDIF, with its attributes and without their values. */
export const hiddenLdif = (text: string, hide: Hide): string =>
  text
    .split('\n')
    .map((line) => hiddenLine(line, hide))
    .join('\n');
