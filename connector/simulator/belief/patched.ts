import { isObject } from '../judgement.ts';
import type { Payload } from '../payload.ts';
import { type Kind, shownIn } from './attributes.ts';
import { MEMBER, type Values } from './register.ts';

/** Where single values of a user stand, by the paths that clients write. */
const PLACES: Readonly<Record<string, string>> = {
  userName: 'userName',
  active: 'active',
  'name.givenName': 'givenName',
  'name.familyName': 'familyName',
  'emails[type eq "work"].value': 'email',
  'phoneNumbers[type eq "mobile"].value': 'mobilePhone',
};

/** Entra sends booleans as text. */
const asTold = (value: unknown): string =>
  value === 'True' || value === 'False' ? value.toLowerCase() : String(value);

const idsIn = (list: unknown): readonly string[] =>
  (Array.isArray(list) ? list.filter(isObject) : []).map(({ value }) => String(value));

function* ofUser({ path, value }: Payload): Generator<readonly [string, string]> {
  const place = typeof path === 'string' ? PLACES[path] : undefined;
  if (place !== undefined) yield [place, asTold(value)];
  if (!isObject(value)) return;
  if (typeof value['password'] === 'string' && value['active'] !== false) yield ['password', value['password']];
  const shown = shownIn('user', value);
  // A list that is replaced holds nothing else afterwards.
  if (Array.isArray(value['emails'])) yield* [['email', ''] as const, ['secondEmail', ''] as const];
  for (const [name, [first = '']] of shown) yield [name, first];
}

function* ofGroup({ op, path, value }: Payload): Generator<readonly [string, string]> {
  const [, one] = /^members\[value eq "(.+)"\]$/.exec(String(path)) ?? [];
  const verb = String(op).toLowerCase();
  if (one !== undefined) yield [MEMBER + one, 'out'];
  else if (path === 'members' && verb === 'replace') yield ['members', [...new Set(idsIn(value))].sort().join(' ')];
  else if (path === 'members') for (const id of idsIn(value)) yield [MEMBER + id, verb === 'add' ? 'in' : 'out'];
  else if (path === 'displayName') yield ['displayName', String(value)];
  else if (isObject(value) && value['displayName'] !== undefined) yield ['displayName', String(value['displayName'])];
}

/** What the operations of a PATCH set, those that the simulated clients send. */
export function patchedBy(kind: Kind, { Operations: operations }: Payload): Values {
  const list = Array.isArray(operations) ? operations.filter(isObject) : [];
  return new Map(list.flatMap((one) => [...(kind === 'user' ? ofUser(one) : ofGroup(one))]));
}
