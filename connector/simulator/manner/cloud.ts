import type { Payload, Person, Reference } from '../payload.ts';
import { PATCH_OP, SCIM20 } from '../speech/scim-20.ts';
import type { Change, Manner } from './manner.ts';

const patch = (...operations: readonly Payload[]): Change => ({
  method: 'PATCH',
  payload: { schemas: [PATCH_OP], Operations: operations },
});

const profile = ({ userName, firstName, lastName, email, secondEmail, mobilePhone }: Person): Payload => ({
  userName,
  name: { givenName: firstName, familyName: lastName },
  emails: [
    ...(email === undefined ? [] : [{ primary: true, value: email, type: 'work' }]),
    ...(secondEmail === undefined ? [] : [{ primary: false, value: secondEmail, type: 'home' }]),
  ],
  ...(mobilePhone === undefined ? {} : { phoneNumbers: [{ value: mobilePhone, type: 'mobile' }] }),
  displayName: `${firstName} ${lastName}`,
});

const without = (list: readonly Reference[], others: readonly Reference[]): readonly Reference[] =>
  list.filter(({ value }) => !others.some((other) => other.value === value));

/** Okta's cloud with an app of its catalogue: PATCH without paths, members by filter (Okta's SCIM 2.0 reference). */
export const cloud: Manner = {
  name: 'cloud',
  speech: SCIM20,
  readsFirst: false,
  repeatsReactivation: false,
  newUser: (_, person, active) => ({
    schemas: [SCIM20.urns.user],
    ...profile(person),
    locale: 'en-US',
    externalId: `00u${person.userName.length}${person.userName}`,
    groups: [],
    ...(person.password === undefined ? {} : { password: person.password }),
    active,
  }),
  newGroup: ({ displayName }) => ({ schemas: [SCIM20.urns.group], displayName, members: [] }),
  update: ({ person, active, about }) => {
    if (about === 'activity') return patch({ op: 'replace', value: { active } });
    if (about === 'password') return patch({ op: 'replace', value: { password: person.password } });
    return patch({ op: 'replace', value: { ...profile(person), active } });
  },
  push: (id, { displayName, members }) =>
    patch(
      { op: 'replace', value: { id, displayName } },
      ...(Array.isArray(members) ? [{ op: 'replace', path: 'members', value: members }] : []),
    ),
  regroup: ({ id, displayName, before, after }) => {
    const renamed = { op: 'replace', value: { id, displayName } };
    if (after.length === 0) return patch(renamed, { op: 'replace', path: 'members', value: [] });
    const added = without(after, before);
    return patch(
      renamed,
      ...without(before, after).map(({ value }) => ({ op: 'remove', path: `members[value eq "${value}"]` })),
      ...(added.length === 0 ? [] : [{ op: 'add', path: 'members', value: added }]),
    );
  },
};

/** Okta's cloud with an app that an admin made: reads, and puts back what it read with its changes. */
export const wizard: Manner = {
  ...cloud,
  name: 'wizard',
  readsFirst: true,
  update: ({ person, active, about, current = { id: '' } }) => ({
    method: 'PUT',
    payload: {
      ...current,
      ...profile(person),
      active,
      ...(about === 'password' ? { password: person.password } : {}),
    },
  }),
  push: (id, { displayName, members = [] }) => ({
    method: 'PUT',
    payload: { schemas: [SCIM20.urns.group], id, displayName, members: members ?? [] },
  }),
  regroup: ({ id, displayName, after }) => ({
    method: 'PUT',
    payload: { schemas: [SCIM20.urns.group], id, displayName, members: after },
  }),
};
