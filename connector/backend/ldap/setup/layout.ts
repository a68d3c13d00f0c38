import { parseFilterText } from '../directory/filter.ts';
import type { Directory, RootDse } from '../directory/session.ts';
import { profileOf } from '../layout/detect-profile.ts';
import { hasPasswordPolicy, type Profile } from '../layout/profile.ts';
import { MEMBER } from '../settings/defaults.ts';
import type { DeactivateOptions, LdapApp } from '../settings/options.ts';
import { contextsOf } from './contexts.ts';
import { type Place, placesOf } from './places.ts';

/** How groups are kept: settings of [apps.NAME.groups] that differ from the profile's. */
export interface GroupKind {
  readonly filter?: string;
  readonly member?: string;
  readonly object_classes?: readonly string[];
}

/** What was found, and what is proposed. */
export interface Layout {
  readonly profile: Profile;
  /** The likeliest first. */
  readonly people: readonly Place[];
  readonly groups: readonly Place[];
  readonly groupKind: GroupKind;
  /** The directory can lock an account by itself. */
  readonly hasSwitch: boolean;
  /** Undefined: the directory's own switch. */
  readonly deactivate: DeactivateOptions | undefined;
}

const PEOPLE = ['ou=people', 'ou=users', 'ou=accounts', 'ou=staff', 'ou=employees', 'cn=users,cn=accounts', 'cn=users'];
const GROUPS = ['ou=groups', 'ou=group', 'ou=roles', 'cn=groups,cn=accounts'];

const UNIQUE_NAMES: GroupKind = {
  filter: '(objectClass=groupOfUniqueNames)',
  member: 'uniqueMember',
  object_classes: ['top', 'groupOfUniqueNames'],
};

/** Of the kinds that a directory may keep, the one that it keeps most of; its profile's own where there are none. */
async function groupsIn(directory: Directory, signal: AbortSignal, dse: RootDse, { groups, tellsClasses }: Profile) {
  const kinds: readonly GroupKind[] = tellsClasses ? [{}, UNIQUE_NAMES] : [{}];
  const found: { readonly kind: GroupKind; readonly places: readonly Place[] }[] = [];
  for (const kind of kinds) {
    const filter = parseFilterText(kind.filter ?? groups.filter, 'groups.filter');
    found.push({ kind, places: await placesOf(directory, signal, contextsOf(dse), { filter, names: GROUPS }) });
  }
  const most = found.toSorted((a, b) => (b.places[0]?.count ?? 0) - (a.places[0]?.count ?? 0))[0];
  return { groupKind: most?.kind ?? {}, groups: most?.places ?? [] };
}

/** A mark that applications can look at, where the directory has no switch of its own. */
export const MARK: DeactivateOptions = { set: { employeeType: 'inactive' } };

const locks = (profile: Profile, dse: RootDse): boolean =>
  profile.activation !== undefined || (profile.passwordUnlocks && hasPasswordPolicy(dse));

const first = (base: string | undefined, places: readonly Place[]): readonly Place[] => {
  if (base === undefined) return places;
  const known = places.find((place) => place.base.toLowerCase() === base.toLowerCase());
  return [known ?? { base, count: 0, isComplete: false }, ...places.filter((place) => place !== known)];
};

const present = ({ filter, member, object_classes }: LdapApp['groups']): GroupKind => ({
  ...(filter === undefined ? {} : { filter }),
  ...(member === undefined || member === MEMBER ? {} : { member }),
  ...(object_classes === undefined ? {} : { object_classes }),
});

/** Looks the directory over and proposes; what is configured already goes before what was found. */
export async function proposeLayout(
  directory: Directory,
  signal: AbortSignal,
  dse: RootDse,
  { ldap, users, groups }: LdapApp,
): Promise<Layout> {
  const profile = profileOf({ ldap, users: { ...users, base: '' } }, dse);
  const filter = parseFilterText(users.filter ?? profile.users.filter, 'users.filter');
  const people = await placesOf(directory, signal, contextsOf(dse), { filter, names: PEOPLE });
  const found = await groupsIn(directory, signal, dse, profile);
  return {
    profile,
    people: first(users.base, people),
    groups: first(groups.base, found.groups),
    groupKind: groups.base === undefined ? found.groupKind : present(groups),
    hasSwitch: locks(profile, dse),
    deactivate: users.deactivate ?? (locks(profile, dse) ? undefined : MARK),
  };
}
