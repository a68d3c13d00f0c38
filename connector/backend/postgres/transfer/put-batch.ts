import type { Session } from '../../../postgres/database.ts';
import { fold } from '../../../scim/text.ts';
import type { KeptBatch, KeptEntitlement, KeptMembership, KeptResource } from '../../module/moving.ts';
import { derivedFrom } from './kept-row.ts';

const RESOURCES = `
INSERT INTO scim.resource (seq, id, type, key, twin, external_key, display, display_key, created, modified, version, doc, folded)
OVERRIDING SYSTEM VALUE
SELECT seq, id, type, key, twin, external_key, display, display_key, created, modified, version, doc::json, folded::jsonb
FROM json_to_recordset($1::json) AS r (seq bigint, id text, type text, key text, twin int, external_key text, display text,
  display_key text, created bigint, modified bigint, version bigint, doc text, folded text)`;

const EMAILS = `
INSERT INTO scim.email (value, seq) SELECT value, seq FROM json_to_recordset($1::json) AS e (value text, seq bigint)`;

const PASSWORDS = `
INSERT INTO scim.password (seq, hash) SELECT seq, hash FROM json_to_recordset($1::json) AS p (seq bigint, hash text)`;

const MEMBERSHIPS = `
INSERT INTO scim.membership (group_seq, member_seq)
SELECT (m.value ->> 0)::bigint, (m.value ->> 1)::bigint FROM json_array_elements($1::json) AS m (value)`;

const ENTITLEMENTS = `
INSERT INTO scim.entitlement (seq, type, id, name, key, description, created, modified) OVERRIDING SYSTEM VALUE
SELECT seq, type, id, name, key, description, created, modified
FROM json_to_recordset($1::json) AS e (seq bigint, type text, id text, name text, key text, description text, created bigint,
  modified bigint)`;

function resources(session: Session, rows: readonly KeptResource[]): readonly Promise<number>[] {
  const derived = rows.map((row) => ({ ...row, ...derivedFrom(row) }));
  const emails = derived.flatMap(({ seq, emails: values }) => values.map((value) => ({ value, seq })));
  const passwords = rows.flatMap(({ seq, passwordHash }) =>
    passwordHash === null ? [] : [{ seq, hash: passwordHash }],
  );
  return [
    session.run(RESOURCES, JSON.stringify(derived)),
    ...(emails.length > 0 ? [session.run(EMAILS, JSON.stringify(emails))] : []),
    ...(passwords.length > 0 ? [session.run(PASSWORDS, JSON.stringify(passwords))] : []),
  ];
}

const memberships = (session: Session, rows: readonly KeptMembership[]): Promise<number> =>
  session.run(MEMBERSHIPS, JSON.stringify(rows));

const entitlements = (session: Session, rows: readonly KeptEntitlement[]): Promise<number> =>
  session.run(ENTITLEMENTS, JSON.stringify(rows.map((row) => ({ ...row, key: fold(row.name) }))));

/** As many statements whatever the number of rows, and one way to the server and back. */
export async function putBatch(session: Session, batch: KeptBatch): Promise<void> {
  switch (batch.kind) {
    case 'resources':
      await Promise.all(resources(session, batch.rows));
      return;
    case 'memberships':
      await memberships(session, batch.rows);
      return;
    case 'entitlements':
      await entitlements(session, batch.rows);
  }
}
