import type { PlanLine } from '../../module/filter-explanation.ts';

/** What the columns of an index hold, in SCIM's words. */
const HELD: Readonly<Record<string, string>> = {
  resource_user_name: 'userName',
  resource_group_name: 'displayName',
  resource_external: 'externalId',
  resource_modified: 'meta.lastModified',
  sqlite_autoindex_resource_1: 'id',
};

const PART = / \(.*[<>]/;

/** @param own  SQLite's words @param index  the name in them */
type Words = (plural: string, own: string, index: string) => string;

const isPart = (own: string): boolean => PART.test(own);

/** SQLite's words for what it does (https://sqlite.org/eqp.html), and ours. First match wins. */
const WORDS: readonly (readonly [own: RegExp, words: Words])[] = [
  [/^SEARCH r USING .*\(type=\? AND rowid=\?\)/, (plural) => `takes each of them from the table of ${plural}`],
  [/^(?:SCAN r\b|SEARCH r USING .*\(type=\?(?: AND rowid[^)]*)?\)$)/, (plural) => `reads every one of the ${plural}`],
  [
    /^SEARCH \w USING (?:COVERING )?INDEX (resource_\w+|sqlite_autoindex_resource_1)/,
    (_, own, index) =>
      `${isPart(own) ? 'reads a part of' : 'finds it in'} the index ${index} (${HELD[index] ?? 'keys'})`,
  ],
  [/^SEARCH [rm] USING INTEGER PRIMARY KEY \(rowid=/, () => 'takes each of them by its number'],
  [/^SEARCH r USING INTEGER PRIMARY KEY/, (plural) => `reads every one of the ${plural}`],
  [/^SCAN email/, () => 'reads every e-mail address'],
  [
    /^SEARCH email USING PRIMARY KEY/,
    (_, own) => `${isPart(own) ? 'reads a part of' : 'finds it in'} the index of e-mail addresses`,
  ],
  [/^SEARCH email/, () => 'takes the e-mail addresses of each'],
  [/^SCAN m\b/, () => 'reads every one of the resources'],
  [/^SCAN (?:s|membership)\b/, () => 'reads every membership'],
  [/^SEARCH (?:s|membership)\b/, () => 'finds the memberships in their index'],
  [/^MATERIALIZE below/, () => 'goes from group to group, down the nested ones:'],
  [/^CO-ROUTINE above/, () => 'goes from group to group, up from those of each:'],
  [/^(?:SETUP|RECURSIVE STEP|SCAN (?:below|above)|INDEX \d+|CREATE BLOOM FILTER)$/, () => ''],
  [/json_(?:each|tree)|^SCAN e .*VIRTUAL TABLE/, () => 'looks through the values in the document of each'],
  [/SUBQUERY|^REUSE/, () => 'asks beforehand, or for each of them:'],
  [/^MULTI-INDEX OR/, () => 'goes through several indexes, one after the other:'],
  [/^USE TEMP B-TREE FOR ORDER BY/, () => 'sorts what it has found'],
];

function wordsOf(plural: string, own: string): string {
  for (const [pattern, words] of WORDS) {
    const part = pattern.exec(own);
    if (part) return words(plural, own, part[1] ?? '');
  }
  return own;
}

/** @param plural  what the rows are: "users" @param told  lines of EXPLAIN QUERY PLAN */
export const planWords = (plural: string, told: readonly string[]): readonly PlanLine[] =>
  // Lines without words of ours say nothing that their neighbours do not.
  told.map((own) => ({ text: wordsOf(plural, own), own })).filter(({ text }) => text !== '');
