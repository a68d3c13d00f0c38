import { fold, nameKey, visiblePart } from '../../../scim/text.ts';

/** Case and single blanks within are what every server folds by itself. */
const PLAIN = /^[!-~]+( [!-~]+)*$/;

/**
 * Spellings of a name to ask a directory for, so that it finds who has the name although it compares by fewer rules than
 * `nameKey`: 389 and Active Directory tell composed from decomposed accents and wide letters from narrow ones, and no
 * server maps what is invisible to nothing (docs/directories.md, Names).
 */
export function nameSpellings(name: string): readonly string[] {
  if (PLAIN.test(name)) return [name];
  const texts = [name, visiblePart(name).trim(), fold(name), nameKey(name)];
  const all = texts.flatMap((text) => [text, text.normalize('NFC'), text.normalize('NFD')]);
  // A server takes neither an empty text nor half of one.
  return [...new Set(all)].filter((spelling) => spelling !== '' && !spelling.includes('\0'));
}
