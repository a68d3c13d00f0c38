import { verifyPassword } from '../../connector/secrets/password-hash.ts';
import type { Known } from '../../connector/simulator/payload.ts';
import type { Entry, Straight } from './straight.ts';

interface Doc {
  readonly userName: string;
  readonly displayName: string;
  readonly name?: { readonly givenName?: string; readonly familyName?: string };
  readonly emails?: readonly Known[];
  readonly phoneNumbers?: readonly Known[];
  readonly active?: boolean;
}

const values = (list: readonly Known[] = []): readonly string[] => list.map(({ value }) => String(value));

const entryOf = ({ name, emails, phoneNumbers, active }: Doc): Entry => ({
  givenName: name?.givenName === undefined ? [] : [name.givenName],
  familyName: name?.familyName === undefined ? [] : [name.familyName],
  emails: values(emails),
  mobilePhone: values(phoneNumbers),
  active: [String(active)],
});

/** What a database holds: people and groups by their number, and what leads from one to another. */
export interface Rows {
  readonly people: readonly (readonly [seq: number, doc: string])[];
  readonly groups: readonly (readonly [seq: number, doc: string])[];
  readonly memberships: readonly (readonly [group: number, member: number])[];
  readonly hashes: readonly (readonly [seq: number, hash: string])[];
}

/** As tables of a database show it. */
export function readRows({ people, groups, memberships, hashes }: Rows): Straight {
  const docs = people.map(([seq, doc]) => [seq, JSON.parse(doc) as Doc] as const);
  const names = new Map(docs.map(([seq, { userName }]) => [seq, userName]));
  const hashOf = new Map(hashes.map(([seq, hash]) => [names.get(seq), hash] as const));
  const membersOf = (group: number): readonly string[] =>
    memberships.filter(([one]) => one === group).map(([, member]) => names.get(member) ?? 'a stranger');
  return {
    users: new Map(docs.map(([, doc]) => [doc.userName, entryOf(doc)])),
    groups: new Map(groups.map(([seq, doc]) => [(JSON.parse(doc) as Doc).displayName, membersOf(seq)])),
    admits: (userName, password) => verifyPassword(hashOf.get(userName) ?? '', password),
  };
}
