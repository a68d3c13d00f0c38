import type { LdapApp } from '../settings/options.ts';
import type { GroupKind, Layout } from './layout.ts';

/** Settings of a kind of groups that another kind has, and this one has not, go. */
const withoutKind = ({ filter: _f, member: _m, object_classes: _o, ...rest }: LdapApp['groups']): LdapApp['groups'] =>
  rest;

/** The app as it would be with a layout. */
export function draftedApp(app: LdapApp, { people, groups, groupKind, deactivate }: Layout): LdapApp {
  const { deactivate: _, base: _u, ...users } = app.users;
  const { base: _g, ...others } = withoutKind(app.groups);
  const [peopleAt, groupsAt] = [people[0]?.base, groups[0]?.base];
  const kind = { ...groupKind } satisfies GroupKind;
  return {
    ...app,
    users: {
      ...users,
      ...(peopleAt === undefined ? {} : { base: peopleAt }),
      ...(deactivate === undefined ? {} : { deactivate }),
    },
    groups: { ...others, ...(groupsAt === undefined ? {} : { base: groupsAt, ...kind }) } as LdapApp['groups'],
  };
}
