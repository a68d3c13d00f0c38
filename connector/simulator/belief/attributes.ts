import { isObject } from '../judgement.ts';
import { GROUP_EXTENSION, type Payload } from '../payload.ts';
import type { Values } from './register.ts';

export type Kind = 'user' | 'group';

/** What a resource shows, by attribute: where there are several values, none is known to be the one that was meant. */
export type Shown = ReadonlyMap<string, readonly string[]>;

const CUSTOM = /^urn:okta:[^:]+:1\.0:user:custom$/;

const objectsIn = (list: unknown): readonly Payload[] => (Array.isArray(list) ? list.filter(isObject) : []);

const valuesIn = (list: readonly Payload[]): readonly string[] => list.map(({ value }) => String(value));

/** Members are a set. */
const members = (list: unknown): string => [...new Set(valuesIn(objectsIn(list)))].sort().join(' ');

function* userAttributes(user: Payload): Generator<readonly [string, readonly string[]]> {
  for (const key of ['userName', 'active']) if (user[key] !== undefined) yield [key, [String(user[key])]];
  if (isObject(user['name'])) for (const [key, value] of Object.entries(user['name'])) yield [key, [String(value)]];
  const emails = objectsIn(user['emails']);
  const first = emails.filter(({ primary }) => primary === true);
  const rest = emails.filter(({ primary }) => primary !== true);
  if (first.length > 0) yield ['email', valuesIn(first)];
  if (rest.length > 0) yield ['secondEmail', valuesIn(rest)];
  const phones = objectsIn(user['phoneNumbers']);
  if (phones.length > 0) yield ['mobilePhone', valuesIn(phones)];
  for (const [urn, block] of Object.entries(user)) {
    if (!CUSTOM.test(urn) || !isObject(block)) continue;
    for (const [key, value] of Object.entries(block)) yield [`custom.${key}`, [JSON.stringify(value)]];
  }
}

function* groupAttributes(group: Payload): Generator<readonly [string, readonly string[]]> {
  yield ['displayName', [String(group['displayName'])]];
  yield ['members', [members(group['members'])]];
  const extension = group[GROUP_EXTENSION];
  if (isObject(extension)) yield ['description', [String(extension['description'])]];
}

export const shownIn = (kind: Kind, resource: Payload): Shown =>
  new Map(kind === 'user' ? userAttributes(resource) : groupAttributes(resource));

/**
 * What a message sets: nothing of what it leaves out, except members, which it then empties. No password where it
 * closes an account (docs/okta-agent.md, Updates).
 */
export function setBy(kind: Kind, payload: Payload): Values {
  const values = new Map([...shownIn(kind, payload)].map(([name, [value = '']]) => [name, value] as const));
  if (kind === 'user' && payload['active'] === true && typeof payload['password'] === 'string') {
    values.set('password', payload['password']);
  }
  return values;
}

/** What no reply shows. */
export const UNSEEN: ReadonlySet<string> = new Set(['there', 'password']);

/** Whether there is such a resource at all is an attribute too. */
export const MADE: Values = new Map([['there', 'yes']]);
export const DELETED: Values = new Map([['there', 'no']]);

/** By which a store may refuse somebody because of somebody else. */
export const UNIQUE: readonly string[] = ['userName', 'email', 'secondEmail', 'displayName'];
