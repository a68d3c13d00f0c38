import type { Payload, Reference } from '../payload.ts';
import { PATCH_OP, SCIM20 } from '../speech/scim-20.ts';
import type { Change, Manner } from './manner.ts';

const patch = (operations: readonly Payload[]): Change => ({
  method: 'PATCH',
  payload: { schemas: [PATCH_OP], Operations: operations },
});

const replacing = (path: string, value: unknown): Payload => ({ op: 'Replace', path, value });

const referring = ({ value }: Reference): Payload => ({ $ref: null, value });

const absent = (list: readonly Reference[], from: readonly Reference[]): readonly Reference[] =>
  list.filter(({ value }) => !from.some((other) => other.value === value));

/** Microsoft Entra without its flag for RFC 7644: truth as text, members removed by a list. */
export const entra: Manner = {
  name: 'entra',
  speech: SCIM20,
  readsFirst: false,
  repeatsReactivation: false,
  newUser: (_, { userName, firstName, lastName, email, mobilePhone }, active) => ({
    schemas: [SCIM20.urns.user, SCIM20.urns.enterprise],
    externalId: userName.split('@')[0],
    userName,
    active,
    displayName: `${firstName} ${lastName}`,
    ...(email === undefined ? {} : { emails: [{ primary: true, type: 'work', value: email }] }),
    ...(mobilePhone === undefined ? {} : { phoneNumbers: [{ type: 'mobile', value: mobilePhone }] }),
    meta: { resourceType: 'User' },
    name: { formatted: `${firstName} ${lastName}`, familyName: lastName, givenName: firstName },
    roles: [],
  }),
  newGroup: ({ displayName }) => ({
    schemas: [SCIM20.urns.group, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
    externalId: `object-of-${displayName}`,
    displayName,
    meta: { resourceType: 'Group' },
  }),
  update: ({ person, active, about }) => {
    const { userName, firstName, lastName, email, mobilePhone } = person;
    const activity = replacing('active', active ? 'True' : 'False');
    if (about === 'activity') return patch([activity]);
    return patch([
      replacing('userName', userName),
      replacing('name.givenName', firstName),
      replacing('name.familyName', lastName),
      ...(email === undefined ? [] : [replacing('emails[type eq "work"].value', email)]),
      ...(mobilePhone === undefined ? [] : [replacing('phoneNumbers[type eq "mobile"].value', mobilePhone)]),
      activity,
    ]);
  },
  push: (_, { displayName, members }) =>
    patch([
      replacing('displayName', displayName),
      ...(Array.isArray(members) ? [replacing('members', members.map(referring))] : []),
    ]),
  regroup: ({ displayName, before, after }) => {
    const [added, removed] = [absent(after, before), absent(before, after)];
    return patch([
      ...(removed.length === 0 ? [] : [{ op: 'Remove', path: 'members', value: removed.map(referring) }]),
      ...(added.length === 0 ? [] : [{ op: 'Add', path: 'members', value: added.map(referring) }]),
      ...(added.length + removed.length === 0 ? [replacing('displayName', displayName)] : []),
    ]);
  },
};
