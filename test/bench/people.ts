/** People and groups of the benchmarks, and a database that holds them. */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLE } from './server-process.ts';

export const PAGE = 200;

export const name = (n: number): string => `user${String(n).padStart(7, '0')}@example.com`;

export const userId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const groupId = (n: number): string => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;

export const user = (n: number): Readonly<Record<string, unknown>> => ({
  schemas: ['urn:scim:schemas:core:1.0', 'urn:okta:bench_1:1.0:user:custom'],
  userName: name(n),
  name: { formatted: `Given Family ${n}`, givenName: 'Given', familyName: `Family ${n}` },
  emails: [
    { value: name(n), primary: true, type: 'primary' },
    { value: `private${n}@example.net`, type: 'secondary' },
  ],
  phoneNumbers: [{ value: '+46 70 000 00 00', primary: true, type: 'mobile' }],
  active: true,
  'urn:okta:bench_1:1.0:user:custom': { departmentName: `Department ${n % 97}` },
});

/** `groups` says how many members each group has: the first so many people. */
export function* records(users: number, groups: readonly number[]): Generator<object> {
  for (let n = 0; n < users; n += 1) yield { type: 'User', id: userId(n), ...user(n) };
  for (const [n, size] of groups.entries()) {
    const members = Array.from({ length: size }, (_, member) => ({ value: userId(member) }));
    yield { type: 'Group', id: groupId(n), displayName: `group${n}`, members };
  }
}

/** A new database with so many people and groups, made by the connector itself. */
export function databaseOf(folder: string, users: number, groups: readonly number[] = []): string {
  const [source, file] = [join(folder, 'people.jsonl'), join(folder, 'people.db')];
  const out = openSync(source, 'w');
  for (const record of records(users, groups)) writeSync(out, `${JSON.stringify(record)}\n`);
  closeSync(out);
  execFileSync(process.execPath, [BUNDLE, 'data', 'import', source, '--db', file, '--quiet'], {
    env: { ...process.env, CONNECTOR_STATE_DIR: folder },
  });
  return file;
}
