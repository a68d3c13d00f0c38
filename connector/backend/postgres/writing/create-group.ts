import type { Session } from '../../../postgres/session.ts';
import type { Change } from '../../../scim/change.ts';
import type { Value } from '../../../scim/resource.ts';
import type { Row } from '../row/row.ts';
import { INSERT, type Inserted } from './insert-statement.ts';
import { changeMembers } from './membership.ts';
import { madeOf, type NewResource } from './new-resource.ts';
import { movement } from './stored-change.ts';
import type { Leave } from './table-outbox.ts';

/**
 * A group with members, to be run inside a transaction.
 * @param leave  is told what was made
 * @throws uniqueness, invalidValue
 */
export async function createGroup(
  session: Session,
  created: NewResource,
  members: Value,
  leave: Leave | undefined,
): Promise<Row> {
  const text = JSON.stringify([{ n: 0, ...created.row }]);
  const [inserted = [0, null, null, true]] = await session.rows<Inserted>(INSERT, text, '', 0, null);
  const row = madeOf(created, inserted);
  const all: Change = { op: 'set', path: { attribute: 'members' }, value: members };
  const moved = await changeMembers(session, row[0], [all]);
  await leave?.({ ...created.change, at: row[4], ...movement(moved) });
  return row;
}
