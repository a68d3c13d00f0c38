import { expect } from 'chai';
import { Connection } from '../../../../connector/backend/sqlite/connection/connection.ts';
import { filterToSql } from '../../../../connector/backend/sqlite/query/filter-to-sql.ts';
import { withManagers } from '../../../../connector/backend/sqlite/row/managers.ts';
import { groupsOf } from '../../../../connector/backend/sqlite/row/memberships.ts';
import { rowsOf } from '../../../../connector/backend/sqlite/row/row.ts';
import { SqliteBackend } from '../../../../connector/backend/sqlite/sqlite-backend.ts';
import { SCIM20 } from '../../../../connector/scim/filter/grammar.ts';
import { ENTERPRISE_SCHEMA } from '../../../../connector/scim/schema/names.ts';
import type { ResourceType } from '../../../../connector/scim/schema/resource-type.ts';
import { compile, found } from '../../../conformance/company.ts';
import { ExactGroup, ExactUser } from '../../../conformance/exact-view.ts';
import { Group, User } from '../../../conformance/people.ts';
import { CountingConnection } from '../counting-connection.ts';
import { temporaryFile } from '../temporary-file.ts';

/** What clients ask all day, and the index that answers. */
const LOOKUPS: readonly (readonly [ResourceType, string, RegExp])[] = [
  [User, 'userName eq "bjensen"', /USING (COVERING )?INDEX resource_user_name \(key=\?\)/],
  [User, 'userName sw "bj"', /INDEX resource_user_name \(key>\? AND key<\?\)/],
  [User, 'userName eq "a" and active eq true', /INDEX resource_user_name \(key=\?\)/],
  [User, 'userName eq "a" or emails eq "a@x.org"', /MULTI-INDEX OR/],
  [User, 'externalId eq "x"', /INDEX resource_external \(type=\? AND external_key=\?\)/],
  [User, 'emails.value eq "a@example.com"', /SEARCH email USING (COVERING INDEX|PRIMARY KEY).*\(value=\?\)/],
  [User, 'emails sw "a@"', /SEARCH email USING .*\(value>\? AND value<\?\)/],
  [User, 'id eq "x"', /INDEX sqlite_autoindex_resource_1 \(id=\?\)/],
  [User, 'meta.lastModified gt "2026-01-01T00:00:00Z"', /INDEX resource_modified \(type=\? AND modified>\?\)/],
  [Group, 'meta.lastModified ge "2026-01-01T00:00:00Z"', /INDEX resource_modified \(type=\? AND modified>\?\)/],
  [Group, 'displayName eq "Engineering"', /INDEX resource_group_name \(key=\?\)/],
  [Group, 'members eq "x"', /INDEX membership_member \(member_seq=\?\)/],
  [User, 'groups eq "x"', /SEARCH s USING .*\(group_seq=\?\)/],
  [User, 'groups.display eq "Engineering"', /SEARCH m USING (COVERING )?INDEX resource_group_name \(key=\?\)/],
  [User, 'emails[value eq "a@x.org"]', /SEARCH email USING (COVERING INDEX|PRIMARY KEY).*\(value=\?\)/],
  [
    User,
    'emails[type eq "work" and value eq "a@x.org"]',
    /SEARCH email USING (COVERING INDEX|PRIMARY KEY).*\(value=\?\)/,
  ],
  [User, 'emails[type eq "work"].value eq "a@x.org"', /SEARCH email USING (COVERING INDEX|PRIMARY KEY).*\(value=\?\)/],
  [User, 'emails[not (type eq "home") and value sw "a@"]', /SEARCH email USING .*\(value>\? AND value<\?\)/],
  [User, 'not (not (userName eq "a"))', /INDEX resource_user_name \(key=\?\)/],
  [User, 'userName eq "a" and not (active eq true)', /INDEX resource_user_name \(key=\?\)/],
  [User, 'userName eq "a" and emails co "b"', /INDEX resource_user_name \(key=\?\)/],
  [User, 'groups.display co "x" and emails eq "a@x.org"', /SEARCH email USING .*\(value=\?\)/],
  [User, 'groups[value eq "x" and type eq "direct"]', /SEARCH s USING .*\(group_seq=\?\)/],
  [Group, 'members[value eq "x"]', /INDEX membership_member \(member_seq=\?\)/],
  [Group, 'members[value eq "x" and type eq "User"]', /INDEX membership_member \(member_seq=\?\)/],
  [Group, 'members[value eq "x" and type eq "User"]', /INDEX membership_member \(member_seq=\? AND group_seq=\?\)/],
  [Group, 'id eq "g" and members eq "x"', /SEARCH r USING INDEX sqlite_autoindex_resource_1 \(id=\?\)/],
  [
    Group,
    'displayName eq "g" and members[value eq "x"]',
    /SEARCH r USING (COVERING )?INDEX resource_group_name \(key=\?\)/,
  ],
  [ExactUser, 'id eq "x"', /INDEX sqlite_autoindex_resource_1 \(id=\?\)/],
  [ExactUser, 'externalId eq "x"', /INDEX resource_external \(type=\? AND external_key=\?\)/],
  [ExactUser, 'externalId sw "x"', /INDEX resource_external \(type=\? AND external_key>\? AND external_key<\?\)/],
  [ExactGroup, 'externalId eq "x"', /INDEX resource_external \(type=\? AND external_key=\?\)/],
  [ExactGroup, 'id eq "g" and members eq "x"', /SEARCH r USING INDEX sqlite_autoindex_resource_1 \(id=\?\)/],
  [ExactGroup, 'members[value eq "x"]', /INDEX membership_member \(member_seq=\?\)/],
];

describe('query plans of the SQLite backend', () => {
  let connection: Connection;
  before(async () => {
    const file = temporaryFile();
    const backend = new SqliteBackend({ file, passwords: 'discard' });
    await backend.open();
    await found(backend);
    await backend.close();
    connection = new Connection(file, { readonly: true });
  });
  after(() => connection.close());

  const plan = (text: string, ...params: unknown[]): string =>
    connection
      .rows<readonly [number, number, number, string]>(`EXPLAIN QUERY PLAN ${text}`, ...params)
      .map((row) => row[3])
      .join('\n');

  for (const [type, text, index] of LOOKUPS) {
    it(`finds ${type.name}s by an index: ${text}`, () => {
      const { text: where, params, indexed } = filterToSql(type.name, compile(type, text, SCIM20));
      expect(indexed).to.equal(true);
      const found_ = plan(
        `SELECT r.seq FROM resource AS r WHERE r.type = '${type.name}' AND (${where}) ORDER BY +r.seq`,
        ...params,
      );
      expect(found_).to.match(index);
      expect(found_).to.not.match(/SCAN (r|m|email|s|resource)\b/);
    });
  }

  it('reads a filter without an index in the order of creation, and sorts nothing', () => {
    const { text, params, indexed } = filterToSql('User', compile(User, 'title co "x"'));
    expect(indexed).to.equal(false);
    const scan = plan(`SELECT r.seq FROM resource AS r WHERE r.type = 'User' AND (${text}) ORDER BY r.seq`, ...params);
    expect(scan)
      .to.match(/INDEX resource_type \(type=\?\)/)
      .and.not.match(/TEMP B-TREE/);
  });

  it('sorts by userName without sorting', () => {
    const sorted = plan(`SELECT r.seq FROM resource AS r WHERE r.type = 'User' AND (1) ORDER BY r.key DESC LIMIT 10`);
    expect(sorted)
      .to.match(/INDEX resource_user_name/)
      .and.not.match(/TEMP B-TREE/);
  });

  it('steps over the rest of a block in a narrow index', () => {
    const page = plan(
      'SELECT seq FROM resource INDEXED BY resource_type WHERE type = ? AND seq >= ? ORDER BY seq LIMIT ? OFFSET ?',
      'User',
      4096,
      200,
      100,
    );
    expect(page)
      .to.match(/COVERING INDEX resource_type \(type=\? AND rowid>\?\)/)
      .and.not.match(/TEMP B-TREE/);
  });

  it('reads rows, their groups and their managers from a list, and never all resources', () => {
    const statements = new CountingConnection(connection.db.name, { readonly: true });
    const seqs = statements.rows<readonly [number]>(`SELECT seq FROM resource WHERE type = 'User'`).map(([seq]) => seq);
    const manager = { [ENTERPRISE_SCHEMA]: { manager: { managerId: 'x' } } };
    rowsOf(statements, seqs);
    groupsOf(statements, seqs);
    withManagers(statements, [manager]);
    const lists = statements.statements.filter((text) => text.includes('json_each(?)'));
    expect(lists).to.have.length(3);
    for (const text of lists) expect(plan(text, '[1]')).to.not.match(/SCAN (r|m|s|g|resource|membership)\b/);
    statements.close();
  });
});
