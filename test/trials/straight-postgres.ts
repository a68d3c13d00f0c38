import type { Straight } from './straight.ts';
import { type Rows, readRows } from './straight-rows.ts';

/** Asks a database past the connectors. */
export type Asking = <T extends object>(text: string) => Promise<T[]>;

/** Reads the schema of an app. */
export async function readDatabase(ask: Asking): Promise<Straight> {
  const pairs = async <Key extends string, Value>(text: string): Promise<(readonly [number, Value])[]> =>
    (await ask<Record<Key | 'seq' | 'value', unknown>>(text)).map(
      ({ seq, value }) => [Number(seq), value as Value] as const,
    );
  const ofType = (type: string): Promise<Rows['people']> =>
    pairs(`SELECT seq, doc::text AS value FROM scim.resource WHERE type = '${type}'`);
  const memberships = await pairs('SELECT group_seq AS seq, member_seq AS value FROM scim.membership');
  return readRows({
    people: await ofType('User'),
    groups: await ofType('Group'),
    memberships: memberships.map(([group, member]) => [group, Number(member)] as const),
    hashes: await pairs('SELECT seq, hash AS value FROM scim.password'),
  });
}
