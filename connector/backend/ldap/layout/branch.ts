import type { Filter } from 'ldapts';
import { ScimError } from '../../../scim/error.ts';
import type { ResourceType } from '../../../scim/schema/resource-type.ts';
import { isWithin, parseDn } from '../directory/dn.ts';
import { allOf, parseFilterText, present } from '../directory/filter.ts';
import type { Entry } from '../directory/session.ts';
import { compileTable, type Row, requiredRow, type Table } from '../mapping/attribute-mapping.ts';
import { readValues } from '../mapping/entry-to-resource.ts';
import { parseTemplate, type Template } from '../mapping/template.ts';
import type { GroupsOptions, UsersOptions } from '../settings/options.ts';
import type { TypeProfile } from './profile.ts';
import { type Protection, parseProtection } from './protection.ts';

/** Where the entries of one resource type live, and how they are read and made. */
export interface Branch {
  readonly type: ResourceType;
  /** Its table in the configuration, for messages. */
  readonly section: string;
  readonly table: Table;
  /** Where new entries go. */
  readonly base: string;
  /** Where entries are looked for; writes outside are refused. */
  readonly bases: readonly string[];
  /** Who counts as a person or a group, as far as one entry is looked for: it must also be `isNamed`. */
  readonly objects: Filter;
  /** The same for reading them all. Servers take their time over "any name", so it is asked where it must be. */
  readonly named: Filter;
  readonly objectClasses: readonly string[];
  readonly constants: Readonly<Record<string, string>>;
  readonly rdn: { readonly attribute: string; readonly value: Template };
  /** The row of the type's natural key: no two entries may share its value. */
  readonly natural: Row;
  readonly protections: readonly Protection[];
}

function rdnOf(text: string, setting: string): Branch['rdn'] {
  const at = text.indexOf('=');
  if (at < 1)
    throw new ScimError('invalidValue', `${setting}: write it like "uid={userName}"`, { fault: 'mapping-invalid' });
  return { attribute: text.slice(0, at).trim(), value: parseTemplate(text.slice(at + 1), setting) };
}

/**
 * @param outside  other places than `options.base` where entries may be
 * @throws invalidValue naming the setting at fault
 */
export function makeBranch(
  type: ResourceType,
  profile: TypeProfile,
  options: UsersOptions | GroupsOptions,
  outside: readonly string[] = [],
): Branch {
  const section = type.plural;
  for (const base of [options.base, ...outside]) parseDn(base);
  const table = compileTable(type, profile.map, options.map ?? {}, `${section}.map`);
  const natural = requiredRow(table, type.naturalKey, `${section}.map`);
  const filter = parseFilterText(options.filter ?? profile.filter, `${section}.filter`);
  return {
    type,
    section,
    table,
    base: options.base,
    bases: [options.base, ...outside.filter((dn) => !isWithin(dn, options.base))],
    objects: filter,
    named: allOf([filter, present(natural.ldap)]) as Filter,
    objectClasses: options.object_classes ?? profile.objectClasses,
    constants: profile.constants,
    rdn: rdnOf(options.rdn ?? profile.rdn, `${section}.rdn`),
    natural,
    protections: (options.protected ?? []).map((text) => parseProtection(text, `${section}.protected`)),
  };
}

/** The name that an entry bears: its resource's natural key. Empty where it has none. */
export const nameIn = ({ natural }: Branch, entry: Entry): string => String(readValues(natural, entry)[0] ?? '');

/** An entry without a name is nobody SCIM could speak of. */
export const isNamed = ({ natural }: Branch, entry: Entry): boolean => entry.attributes.has(natural.key);
