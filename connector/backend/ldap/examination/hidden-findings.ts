import type { Filter } from 'ldapts';
import { type Finding, warning } from '../../module/finding.ts';
import { allOf, anyOf, equals, not, present } from '../directory/filter.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import type { Directory } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';

/** More need not be counted. Unit: entries. */
const ENOUGH = 1000;

async function counted(directory: Directory, signal: AbortSignal, base: string, filter: Filter): Promise<number> {
  const search = { base, scope: 'sub', filter, attributes: ['1.1'] } as const;
  try {
    return await directory.cursor(signal, async (session) => {
      let count = 0;
      for await (const page of session.pages(search)) {
        count += page.length;
        if (count > ENOUGH) break;
      }
      return count;
    });
  } catch (error) {
    // What keeps from reading is told by what reads everybody.
    if (error instanceof LdapFailure) return 0;
    throw error;
  }
}

const shown = (count: number): string => (count > ENOUGH ? `more than ${ENOUGH}` : `${count}`);

/** Entries like those of the branch that its filter leaves out. @returns the end of a sentence, empty for none */
export async function outsideFilter(directory: Directory, signal: AbortSignal, branch: Branch): Promise<string> {
  const classes = branch.objectClasses.map((name) => name.toLowerCase()).filter((name) => name !== 'top');
  const alike = anyOf(classes.map((name) => equals('objectClass', name)));
  // Active Directory's machines are users. Elsewhere the class is not known, and nothing would pass.
  const machines = classes.includes('user') ? not(equals('objectClass', 'computer')) : true;
  const filter = allOf([alike, not(branch.objects), machines]);
  if (typeof filter === 'boolean') return '';
  const count = await counted(directory, signal, branch.base, filter);
  return count === 0 ? '' : `; ${shown(count)} more do not match ${branch.section}.filter`;
}

/** Entries that pass the filter and have no name that SCIM could call them by. */
export async function namelessFindings(
  directory: Directory,
  signal: AbortSignal,
  { base, objects, natural, section, type }: Branch,
): Promise<readonly Finding[]> {
  const filter = allOf([objects, not(present(natural.ldap))]);
  if (typeof filter === 'boolean') return [];
  const count = await counted(directory, signal, base, filter);
  if (count === 0) return [];
  const text = `${section}: ${shown(count)} below ${base} have no ${natural.ldap} and are not shown to Okta; give them one, or map ${type.naturalKey} to what they have`;
  return [warning(text)];
}
