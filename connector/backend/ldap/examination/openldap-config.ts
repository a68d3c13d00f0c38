/** Commands on cn=config, by root on the server: whatever number the database has there is looked up. */

/** One word of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** RFC 4515 §3. */
const escaped = (dn: string): string =>
  dn.replace(/[\\*()]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** @param wanted  `dn`, or an attribute of the database's own entry */
export const lookedUp = (context: string, wanted: string): string =>
  `ldapsearch -LLLQ -o ldif-wrap=no -Y EXTERNAL -H ldapi:/// -b cn=config ${quoted(`(olcSuffix=${escaped(context)})`)} ${wanted} | sed -n 's/^${wanted}: //p'`;

/** @param context  suffix of the database */
export const onDatabase = (context: string, ...changes: readonly string[]): readonly string[] => [
  `DB=$(${lookedUp(context, 'dn')})`,
  `{ echo "dn: $DB"; cat <<'.'; } | ldapmodify -Y EXTERNAL -H ldapi:///`,
  'changetype: modify',
  ...changes,
  '.',
];
