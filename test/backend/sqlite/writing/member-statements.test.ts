import { expect } from 'chai';
import type { Connection } from '../../../../connector/backend/sqlite/connection/connection.ts';
import { closeFile, openFile } from '../../../../connector/backend/sqlite/file/open-file.ts';
import { createResource } from '../../../../connector/backend/sqlite/writing/create-resource.ts';
import { deleteResource } from '../../../../connector/backend/sqlite/writing/delete-resource.ts';
import { modifyResource } from '../../../../connector/backend/sqlite/writing/modify-resource.ts';
import type { Change } from '../../../../connector/scim/change.ts';
import type { Read } from '../../../../connector/scim/query.ts';
import { Group, User } from '../../../conformance/people.ts';
import { temporaryFile } from '../temporary-file.ts';

interface Cost {
  statements: number;
  rows: number;
}

/** What is asked of the database from now on, and how much comes back. */
function counting(connection: Connection): Cost {
  const cost = { statements: 0, rows: 0 };
  const prepare = connection.prepare.bind(connection);
  const rows = connection.rows.bind(connection);
  connection.prepare = (text) => {
    cost.statements += 1;
    return prepare(text);
  };
  connection.rows = <T extends readonly unknown[]>(text: string, ...params: readonly unknown[]): T[] => {
    const found = rows<T>(text, ...params);
    cost.rows += found.length;
    return found;
  };
  return cost;
}

const path = { attribute: 'members' } as const;
const WITHOUT: Read = { without: ['groups', 'members'] };

describe('what a change of members costs', () => {
  const opened: Connection[] = [];
  afterEach(() => {
    for (const connection of opened.splice(0)) closeFile(connection);
  });

  /** What `work` costs in a group of `size` members; it is told the group, a member and somebody else. */
  function costOf(
    size: number,
    work: (connection: Connection, group: string, member: string, other: string) => void,
  ): Cost {
    const connection = openFile(temporaryFile());
    opened.push(connection);
    const make = (userName: string): string => createResource(connection, User, { userName }, undefined).id;
    connection.db.exec('BEGIN');
    const ids = Array.from({ length: size }, (_, i) => make(`user${i}`));
    const other = make('other');
    const members = ids.map((value) => ({ value }));
    const { id } = createResource(connection, Group, { displayName: 'G', members }, undefined, WITHOUT);
    const cost = counting(connection);
    work(connection, id, ids[0] ?? '', other);
    connection.db.exec('COMMIT');
    return cost;
  }

  const few = (connection: Connection, group: string, change: Change): unknown =>
    modifyResource(connection, Group, group, [change], undefined, undefined, { mostMembers: 20 });
  const modify = (connection: Connection, group: string, ...changes: Change[]): unknown =>
    modifyResource(connection, Group, group, changes, undefined, undefined, WITHOUT);

  const works: readonly (readonly [string, Parameters<typeof costOf>[1]])[] = [
    [
      'one more',
      (connection, group, _, other) => modify(connection, group, { op: 'add', path, values: [{ value: other }] }),
    ],
    [
      'one less',
      (connection, group, member) => modify(connection, group, { op: 'remove', path, values: [{ value: member }] }),
    ],
    [
      'one who is there',
      (connection, group, member) => modify(connection, group, { op: 'add', path, values: [{ value: member }] }),
    ],
    [
      'one who is not there',
      (connection, group, _, other) => modify(connection, group, { op: 'remove', path, values: [{ value: other }] }),
    ],
    [
      'one more, where few would be shown',
      (connection, group, _, other) => few(connection, group, { op: 'add', path, values: [{ value: other }] }),
    ],
    ['a member who is deleted', (connection, _, member) => deleteResource(connection, User, member, undefined)],
  ];
  for (const [what, work] of works)
    it(`is the same for ${what} in a group of 50 and of 5,000`, () => {
      const [small, large] = [costOf(50, work), costOf(5000, work)];
      expect(large).to.deep.equal(small);
      expect(large.rows).to.be.at.most(2);
    });

  it('is as many statements for a group of 5,000 as for one of 50', () => {
    const create = (size: number): Cost => {
      const connection = openFile(temporaryFile());
      opened.push(connection);
      connection.db.exec('BEGIN');
      const members = Array.from({ length: size }, (_, i) => ({
        value: createResource(connection, User, { userName: `user${i}` }, undefined).id,
      }));
      const cost = counting(connection);
      createResource(connection, Group, { displayName: 'G', members }, undefined, WITHOUT);
      connection.db.exec('COMMIT');
      return cost;
    };
    expect(create(5000).statements).to.equal(create(50).statements);
  });
});
