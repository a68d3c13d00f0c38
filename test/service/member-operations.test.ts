import { expect } from 'chai';
import { Connection } from '../../connector/backend/sqlite/connection/connection.ts';
import type { SqliteBackend } from '../../connector/backend/sqlite/sqlite-backend.ts';
import type { Dialect, PatchOperation } from '../../connector/scim/patch-operation.ts';
import { guardedService } from '../../connector/service/assemble-service.ts';
import { memberChanges } from '../../connector/service/member-operations.ts';
import { defaultPolicy, type Policy } from '../../connector/service/policy.ts';
import type { Modified, Service } from '../../connector/service/service.ts';
import { opened } from '../backend/sqlite/opened.ts';
import { temporaryFile } from '../backend/sqlite/temporary-file.ts';
import { call } from '../conformance/company.ts';
import { Group, User } from '../conformance/people.ts';
import { refusal } from '../conformance/refusal.ts';
import { list, Operations } from './operations.ts';

const group = new Operations(Group);
const members = (...ids: readonly string[]) => ids.map((value) => ({ value }));
const joins = (...ids: string[]): PatchOperation => group.add('members', members(...ids));
const leaves = (...ids: string[]): PatchOperation => group.removeValues('members', members(...ids));
const leavesBy = (filter: string): PatchOperation => group.remove('members', filter);
const becomes = (...ids: string[]): PatchOperation => group.replace('members', members(...ids));
const empties = group.remove('members');
const path = { attribute: 'members' };

describe('operations on members', () => {
  const cases: readonly (readonly [string, readonly PatchOperation[], readonly object[]])[] = [
    ['joining twice', [joins('a', 'b'), joins('a')], [{ op: 'add', path, values: members('a', 'b') }]],
    ['leaving by a list', [leaves('a', 'b')], [{ op: 'remove', path, values: members('a', 'b') }]],
    ['leaving by an empty list', [leaves()], []],
    [
      'leaving by filters',
      [leavesBy('members.value eq "a"'), leavesBy('members.value eq "b" or members.value eq "c"')],
      [{ op: 'remove', path, values: members('a', 'b', 'c') }],
    ],
    [
      'leaving and coming back',
      [leavesBy('members.value eq "a"'), joins('a')],
      [{ op: 'add', path, values: members('a') }],
    ],
    [
      'coming and leaving',
      [joins('a', 'b'), leaves('a')],
      [
        { op: 'remove', path, values: members('a') },
        { op: 'add', path, values: members('b') },
      ],
    ],
    [
      'one for another',
      [leavesBy('members.value eq "a"'), joins('b')],
      [
        { op: 'remove', path, values: members('a') },
        { op: 'add', path, values: members('b') },
      ],
    ],
    ['all replaced', [joins('x'), becomes('a'), joins('b')], [{ op: 'set', path, value: members('a', 'b') }]],
    ['all replaced by nobody', [becomes()], [{ op: 'unset', path }]],
    ['all gone, but for who comes and leaves', [empties, joins('a'), leaves('a')], [{ op: 'unset', path }]],
  ];
  for (const [what, operations, expected] of cases)
    it(`are changes that need no reading: ${what}`, () => {
      expect(memberChanges(list(operations))).to.deep.equal(expected);
    });

  it('need a reading where a filter asks for more than ids', () => {
    for (const filter of ['members.type eq "User"', 'members.value sw "a"', 'members.value eq "a" and members.type pr'])
      expect(memberChanges(list([leavesBy(filter)]))).to.equal(undefined);
  });
});

describe('operations on the members of a stored group', () => {
  const COUNT = 3000;
  let backend: SqliteBackend;
  let ids: string[];
  let id: string;
  before(async () => {
    backend = await opened(temporaryFile());
    const made = Array.from({ length: COUNT }, (_, n) =>
      backend.create(call, User, { userName: `u${n}`, displayName: `U ${n}` }),
    );
    ids = (await Promise.all(made)).map((user) => user.id);
  });
  beforeEach(async () => {
    ({ id } = await backend.create(call, Group, { displayName: 'g', members: members(...ids.slice(0, 3)) }));
  });
  afterEach(() => backend.delete(call, Group, id));
  after(() => backend.close());

  const on = (policy: Partial<Policy> = {}): Service => guardedService(backend, { ...defaultPolicy, ...policy });
  const patch = (operations: readonly PatchOperation[], dialect?: Dialect, service = on()): Promise<Modified> =>
    service.patch(call, Group, id, list(operations, dialect), undefined, { without: ['groups', 'members'] });
  const inside = async (): Promise<string[]> =>
    (((await backend.get(call, Group, id)).attributes['members'] as { value: string }[] | undefined) ?? []).map(
      ({ value }) => value,
    );

  /** The statements that `work` has run, but for those of the transaction. */
  async function statements(work: () => Promise<unknown>): Promise<string[]> {
    const { prepare } = Connection.prototype;
    const texts: string[] = [];
    Connection.prototype.prepare = function (text) {
      texts.push(text);
      return prepare.call(this, text);
    };
    try {
      await work();
    } finally {
      Connection.prototype.prepare = prepare;
    }
    return texts;
  }

  it('are as many statements for three thousand as for one, and read no members [R-3.5.2.1-05]', async () => {
    const few = await statements(() => patch([joins(ids[10] ?? '')]));
    const many = await statements(() => patch([joins(...ids)]));
    expect(many).to.have.length(few.length);
    // Whether somebody is in a group is asked of that one alone.
    expect(many.filter((text) => /^SELECT.*membership/s.test(text) && !text.includes('EXISTS'))).to.deep.equal([]);
    expect(await inside()).to.have.length(COUNT);
    const one = await statements(() => patch([leaves(ids[0] ?? '')]));
    const each = ids.slice(1, 1000).map((value) => leavesBy(`members.value eq "${value}"`));
    expect(await statements(() => patch(each))).to.have.length(one.length);
    expect(await inside()).to.have.length(COUNT - 1000);
  });

  it('keep the version when nobody joins and nobody leaves', async () => {
    const before = await backend.get(call, Group, id);
    const { resource, changes } = await patch([leaves(ids[0] ?? ''), joins(...ids.slice(0, 3)), leaves(ids[9] ?? '')]);
    expect([resource.meta, changes]).to.deep.equal([before.meta, []]);
    const { changes: none } = await patch([joins()]);
    expect(none).to.deep.equal([]);
  });

  it('go with a new name in one change [O-25]', async () => {
    const { changes } = await patch([
      group.replace('displayName', 'h'),
      leavesBy(`members.value eq "${ids[0]}"`),
      joins(ids[5] ?? ''),
    ]);
    expect(changes.map(({ op, path: { attribute } }) => `${op} ${attribute}`)).to.deep.equal([
      'set displayName',
      'remove members',
      'add members',
    ]);
    expect((await backend.get(call, Group, id)).attributes['displayName']).to.equal('h');
    expect(await inside()).to.have.members([ids[1], ids[2], ids[5]]);
  });

  it('take out whom a filter of names finds', async () => {
    await patch([leavesBy('members.display eq "u 1"'), joins(ids[7] ?? '')]);
    expect(await inside()).to.have.members([ids[0], ids[2], ids[7]]);
    await patch([group.remove('members', 'members.type eq "User"')]);
    expect(await inside()).to.deep.equal([]);
  });

  it('leave out who is unknown among the known, and say so [O-29]', async () => {
    const { leftOut } = await patch([leavesBy(`members.value eq "${ids[0]}"`), joins('nobody', ids[5] ?? '')]);
    expect(leftOut).to.deep.equal(['nobody']);
    expect(await inside()).to.have.members([ids[1], ids[2], ids[5]]);
    const { leftOut: again } = await patch([becomes('nobody', ids[6] ?? ''), joins('noone')]);
    expect(again).to.have.members(['nobody', 'noone']);
    expect(await inside()).to.deep.equal([ids[6]]);
  });

  it('refuse where nobody is known, or all are asked for', async () => {
    await refusal(patch([joins('nobody')]), 'invalidValue');
    await refusal(patch([becomes('nobody')]), 'invalidValue');
    await refusal(
      patch([joins('nobody', ids[5] ?? '')], 'compatible', on({ unknownMembers: 'refuse' })),
      'invalidValue',
    );
    expect(await inside()).to.deep.equal(ids.slice(0, 3));
  });

  it('are counted by the limit on leaving [R-3.5.2.2-05]', async () => {
    const guarded = on({ maxGroupRemoval: 50 });
    for (const operations of [[empties], [becomes()], [leaves(...ids.slice(0, 2))], [becomes(ids[0] ?? '')]])
      await refusal(patch(operations, 'compatible', guarded), 'forbidden');
    await patch([leaves(ids[0] ?? '', 'nobody')], 'strict', guarded);
    expect(await inside()).to.deep.equal(ids.slice(1, 3));
  });

  it('are refused for a group that is not there', async () => {
    for (const operations of [[joins(ids[0] ?? '')], [joins()]])
      await refusal(on().patch(call, Group, 'nope', list(operations)), 'notFound');
  });
});
