import { ScimError, shown } from '../../../scim/error.ts';

/** One `attribute=value` of an RDN. */
export interface Naming {
  readonly attribute: string;
  readonly value: string;
}

/** Characters that RFC 4514 §2.4 wants escaped, and what servers are known to trip over. */
const SPECIAL = /[,+"\\<>;=#]/g;

const hex = (character: string): string => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/**
 * A value inside a DN. Every special character becomes a hex pair, which no parser of DNs misreads; `\,` and quotes
 * are read differently by different libraries.
 * @throws invalidValue for NUL, which directories cut off or refuse
 */
function escapeValue(value: string): string {
  if (value === '')
    throw new ScimError('invalidValue', 'the value that names an entry must not be empty', {
      fault: 'name-not-possible',
    });
  if (value.includes('\0')) {
    throw new ScimError('invalidValue', `${shown(value)} holds a NUL character and cannot name an entry`, {
      fault: 'name-not-possible',
    });
  }
  const escaped = value.replace(SPECIAL, hex);
  return escaped.replace(/^ +| +$/g, (blanks) => hex(' ').repeat(blanks.length));
}

export const formatRdn = (...parts: readonly Naming[]): string =>
  parts.map(({ attribute, value }) => `${attribute}=${escapeValue(value)}`).join('+');

/** The end of the RDN that starts at `from`: an unescaped separator outside quotes, or the end of the text. */
function endOfPart(text: string, from: number, separators: string): number {
  let quoted = false;
  for (let i = from; i < text.length; i += 1) {
    const character = text.charAt(i);
    if (character === '\\') i += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && separators.includes(character)) return i;
  }
  return text.length;
}

function split(text: string, separators: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const end = endOfPart(text, at, separators);
    parts.push(text.slice(at, end));
    at = end + 1;
  }
  return parts;
}

function unescapeValue(text: string): string {
  // A blank at the end belongs to the value when it is escaped.
  let body = text.replace(/^ +/, '');
  while (body.endsWith(' ') && !/\\(\\\\)* $/.test(body)) body = body.slice(0, -1);
  if (body.length > 1 && body.startsWith('"') && body.endsWith('"')) body = body.slice(1, -1);
  if (!body.includes('\\')) return body;
  return body.replace(/(?:\\[0-9a-f]{2})+|\\([\s\S])/gi, (match, single: string | undefined) =>
    single === undefined ? Buffer.from(match.replaceAll('\\', ''), 'hex').toString('utf8') : single,
  );
}

/** The RDNs of `dn`, the entry's own first. @throws invalidValue when it is not a DN */
export function parseDn(dn: string): readonly (readonly Naming[])[] {
  if (dn.trim() === '') return [];
  return split(dn, ',;').map((rdn) =>
    split(rdn, '+').map((part) => {
      const at = part.indexOf('=');
      if (at < 1)
        throw new ScimError('invalidValue', `${shown(dn)} is not a distinguished name`, { fault: 'name-not-possible' });
      return { attribute: part.slice(0, at).trim(), value: unescapeValue(part.slice(at + 1)) };
    }),
  );
}

const normalNaming = ({ attribute, value }: Naming): string =>
  `${attribute.toLowerCase()}=${value.replace(/ +/g, ' ').trim().toLowerCase().replace(SPECIAL, hex)}`;

/** A key that two spellings of one DN share: case, blanks and escapes do not count (RFC 4517 caseIgnoreMatch). */
export function normalDn(dn: string): string {
  // Most DNs need no parser, and a large group holds ten thousands of them.
  if (!/[\\"+;<>#]| {2}|[,=] | [,=]|^ | $/.test(dn)) return dn.toLowerCase();
  return parseDn(dn)
    .map((rdn) => rdn.map(normalNaming).sort().join('+'))
    .join(',');
}

/** DN of the entry above. Empty for the root. */
export function parentOf(dn: string): string {
  return dn.slice(endOfPart(dn, 0, ',;') + 1).trimStart();
}

/** The text of the entry's own RDN, as the server spells it. */
export const rdnText = (dn: string): string => dn.slice(0, endOfPart(dn, 0, ',;'));

/** The parts of the entry's own RDN: one, as nearly all have, or several. */
export const namingsOf = (dn: string): readonly Naming[] => parseDn(dn)[0] ?? [];

/** The entry's own RDN, when it has one value, as nearly all do. */
export function namingOf(dn: string): Naming | undefined {
  const [rdn] = parseDn(dn);
  return rdn?.length === 1 ? rdn[0] : undefined;
}

/** True when `dn` is `base` or below it. */
export function isWithin(dn: string, base: string): boolean {
  const inner = normalDn(dn);
  const outer = normalDn(base);
  return inner === outer || inner.endsWith(`,${outer}`);
}
