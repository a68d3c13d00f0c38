import Database from 'better-sqlite3';
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

/** Reads the file of a connector. */
export function readFile(file: string): Straight {
  const database = new Database(file, { readonly: true });
  try {
    const docs = (type: string): readonly (readonly [number, Doc])[] =>
      (
        database.prepare('SELECT seq, doc FROM resource WHERE type = ?').all(type) as { seq: number; doc: string }[]
      ).map(({ seq, doc }) => [seq, JSON.parse(doc) as Doc]);
    const people = docs('User');
    const names = new Map(people.map(([seq, { userName }]) => [seq, userName]));
    const hashes = new Map(
      (database.prepare('SELECT seq, hash FROM password').all() as { seq: number; hash: string }[]).map(
        ({ seq, hash }) => [names.get(seq), hash] as const,
      ),
    );
    const members = database.prepare('SELECT member_seq FROM membership WHERE group_seq = ?').pluck();
    return {
      users: new Map(people.map(([, doc]) => [doc.userName, entryOf(doc)])),
      groups: new Map(
        docs('Group').map(([seq, { displayName }]) => [
          displayName,
          (members.all(seq) as number[]).map((member) => names.get(member) ?? 'a stranger'),
        ]),
      ),
      admits: (userName, password) => verifyPassword(hashes.get(userName) ?? '', password),
    };
  } finally {
    database.close();
  }
}
