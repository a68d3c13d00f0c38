import type { Filter } from 'ldapts';
import { ScimError } from '../../../scim/error.ts';
import type { ResourceType } from '../../../scim/schema/resource-type.ts';
import { normalDn } from '../directory/dn.ts';
import { parseFilterText } from '../directory/filter.ts';
import type { Entry, Session } from '../directory/session.ts';

/** Entries that no write may touch: by DN, `*` standing for anything, or by an LDAP filter. */
export type Protection =
  | { readonly kind: 'dn'; readonly pattern: RegExp }
  | { readonly kind: 'filter'; readonly filter: Filter };

/** The part of a branch that says what is protected in it. */
interface Guarded {
  readonly type: ResourceType;
  /** Its table in the configuration, for messages. */
  readonly section: string;
  readonly protections: readonly Protection[];
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export function parseProtection(text: string, setting: string): Protection {
  if (text.trimStart().startsWith('(')) return { kind: 'filter', filter: parseFilterText(text.trim(), setting) };
  const parts = text
    .toLowerCase()
    .replace(/\s*([,=])\s*/g, '$1')
    .split('*');
  return { kind: 'dn', pattern: new RegExp(`^${parts.map(literal).join('.*')}$`, 's') };
}

const refusal = ({ type, section }: Guarded): ScimError =>
  new ScimError(
    'forbidden',
    `this ${type.name} is protected in the connector's configuration (${section}.protected) and is not changed`,
    { fault: 'entry-protected' },
  );

/** @throws forbidden when `entry` is protected */
export async function refuseProtected(session: Session, branch: Guarded, entry: Entry): Promise<void> {
  const dn = normalDn(entry.dn);
  const filters: Filter[] = [];
  for (const protection of branch.protections) {
    if (protection.kind === 'filter') filters.push(protection.filter);
    else if (protection.pattern.test(dn)) throw refusal(branch);
  }
  for (const filter of filters) {
    const found = await session.search({ base: entry.dn, scope: 'base', filter, attributes: ['1.1'] });
    if (found.length > 0) throw refusal(branch);
  }
}

/** @throws forbidden when a new entry with this DN would be a protected one */
export function refuseProtectedDn(branch: Guarded, dn: string): void {
  const normal = normalDn(dn);
  for (const protection of branch.protections) {
    if (protection.kind === 'dn' && protection.pattern.test(normal)) throw refusal(branch);
  }
}
