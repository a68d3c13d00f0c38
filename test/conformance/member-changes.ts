import { expect } from 'chai';
import type { Backend } from '../../connector/backend/backend.ts';
import type { Change } from '../../connector/scim/change.ts';
import type { Read } from '../../connector/scim/query.ts';
import type { Changed, Complex, Resource } from '../../connector/scim/resource.ts';
import type { MakeBackend } from './backend.ts';
import { call } from './company.ts';
import { Group, User } from './people.ts';
import { refusal } from './refusal.ts';

const path = { attribute: 'members' } as const;
const values = (...ids: string[]): { value: string }[] => ids.map((value) => ({ value }));
const add = (...ids: string[]): Change => ({ op: 'add', path, values: values(...ids) });
const removal = (...ids: string[]): Change => ({ op: 'remove', path, values: values(...ids) });
const replacement = (...ids: string[]): Change => ({ op: 'set', path, value: values(...ids) });
const rename: Change = { op: 'set', path: { attribute: 'displayName' }, value: 'H' };

const WITHOUT = { without: ['members'] } as const;

/** Members are a set: a directory shows them in whatever order. */
const inOrder = ({ attributes, ...resource }: Resource): Resource => {
  const members = (attributes['members'] ?? []) as readonly Complex[];
  const sorted = members.toSorted((one, other) => (String(one['value']) < String(other['value']) ? -1 : 1));
  return { ...resource, attributes: { ...attributes, ...(sorted.length > 0 ? { members: sorted } : {}) } };
};

/** Whether it has changed, told apart. */
const plain = ({ unchanged: _, ...resource }: Changed): Resource => inOrder(resource);

/** Changes of members by somebody who has not read them. */
export function describeMemberChanges(make: MakeBackend): void {
  describeChanges(make, {}, 'changes of members that nobody has read');
  describeChanges(make, WITHOUT, 'changes of members that nobody wants to see');
  describeAnswers(make);
}

interface Prepared {
  readonly backend: Backend;
  readonly a: string;
  readonly b: string;
  readonly stranger: string;
  readonly nested: string;
  /** Of `a`, `b` and the group `nested`. */
  readonly group: Resource;
}

async function prepared(make: MakeBackend): Promise<Prepared> {
  const backend = await make();
  const user = async (userName: string): Promise<string> => (await backend.create(call, User, { userName })).id;
  const [a, b, stranger] = [await user('a'), await user('b'), await user('stranger')];
  const { id: nested } = await backend.create(call, Group, { displayName: 'Nested' });
  const group = await backend.create(call, Group, { displayName: 'G', members: values(a, b, nested) });
  return { backend, a, b, stranger, nested, group: inOrder(group) };
}

const ids = ({ attributes }: Resource): unknown[] =>
  ((attributes['members'] ?? []) as readonly Complex[]).map(({ value }) => value);

/** @param asked  what the changes are answered with */
function describeChanges(make: MakeBackend, asked: Read, title: string): void {
  describe(title, () => {
    let backend: Backend;
    let [a, b, stranger, nested] = ['', '', '', ''];
    let group: Resource;
    beforeEach(async () => {
      ({ backend, a, b, stranger, nested, group } = await prepared(make));
    });
    afterEach(() => backend.close());

    const read = async (id = group.id): Promise<Resource> => inOrder(await backend.get(call, Group, id));
    /** The group after a change. */
    const changeOf = async (id: string, ...changes: Change[]): Promise<Resource> => {
      const changed = await backend.modify(call, Group, id, changes, undefined, asked);
      if (!asked.without) return plain(changed);
      expect(changed.attributes).to.not.have.property('members');
      return read(id);
    };
    const change = (...changes: Change[]): Promise<Resource> => changeOf(group.id, ...changes);

    const nothing: readonly (readonly [what: string, changes: () => Change[]])[] = [
      ['adds who is a member', () => [add(a)]],
      ['adds a group that is a member', () => [add(nested)]],
      ['adds somebody twice who is a member', () => [add(a, a), add(b)]],
      ['removes who is none', () => [removal(stranger)]],
      ['removes whom nobody knows', () => [removal('00000000-0000-4000-8000-000000000000')]],
      ['removes a member and adds it again', () => [removal(a), add(a)]],
      ['adds a stranger and removes it again', () => [add(stranger), removal(stranger)]],
      ['says who is in it', () => [replacement(nested, b, a, b)]],
    ];
    for (const [what, changes] of nothing)
      it(`is changed by nothing that ${what}`, async () => {
        const member = await backend.get(call, User, a);
        const { unchanged } = await backend.modify(call, Group, group.id, changes(), undefined, asked);
        expect(unchanged).to.equal(true);
        expect(await read()).to.deep.equal(group);
        expect((await backend.get(call, User, a)).meta).to.deep.equal(member.meta);
      });

    it('is not changed by emptying it again', async () => {
      const empty = await change({ op: 'unset', path });
      expect(ids(empty)).to.deep.equal([]);
      expect(await change({ op: 'unset', path })).to.deep.equal(empty);
      expect(await change(removal(a))).to.deep.equal(empty);
      expect(ids(await change(add(b)))).to.deep.equal([b]);
    });

    it('does what is left to do beside what is done', async () => {
      const mixed = await change(removal(stranger, a), add(b, stranger));
      expect(ids(mixed)).to.have.members([b, nested, stranger]);
      expect(mixed.meta.version).to.not.equal(group.meta.version);
      expect(await read()).to.deep.equal(mixed);
    });

    it('takes the last member away, and the first one in', async () => {
      expect(ids(await change(removal(a, b, nested)))).to.deep.equal([]);
      expect(ids(await change(add(stranger)))).to.deep.equal([stranger]);
      expect(ids(await change(removal(stranger), add(a)))).to.deep.equal([a]);
      expect(ids(await read())).to.deep.equal([a]);
    });

    it('closes a circle, and opens it', async () => {
      const closed = await changeOf(nested, add(group.id));
      expect(ids(closed)).to.deep.equal([group.id]);
      expect(await changeOf(nested, add(group.id))).to.deep.equal(closed);
      expect(ids(await changeOf(nested, removal(group.id)))).to.deep.equal([]);
    });

    it('is not changed at all when one of several is unknown', async () => {
      const error = await refusal(change(removal(a), add(b, 'nobody-1', stranger), rename), 'invalidValue');
      expect(error.message).to.contain('"nobody-1"').and.not.contain(stranger);
      expect(await read()).to.deep.equal(group);
    });
  });
}

function describeAnswers(make: MakeBackend): void {
  describe('answers to changes of members', () => {
    let backend: Backend;
    let [a, b, stranger, nested] = ['', '', '', ''];
    let group: Resource;
    beforeEach(async () => {
      ({ backend, a, b, stranger, nested, group } = await prepared(make));
    });
    afterEach(() => backend.close());

    const read = async (id = group.id): Promise<Resource> => inOrder(await backend.get(call, Group, id));

    it('answers without members when they are not asked for, and with what else there is', async () => {
      const changed = await backend.modify(call, Group, group.id, [add(stranger), rename], undefined, WITHOUT);
      expect(changed.attributes).to.deep.equal({ displayName: 'H' });
      const { meta, ...whole } = await read();
      expect(ids({ meta, ...whole })).to.have.members([a, b, nested, stranger]);
      expect(changed.meta.lastModified).to.equal(meta.lastModified);
      if (changed.meta.version !== undefined) expect(changed.meta.version).to.equal(meta.version);
      const same = await backend.modify(call, Group, group.id, [add(stranger)], undefined, WITHOUT);
      expect(same).to.deep.equal({ ...changed, unchanged: true });
    });

    it('makes a group without telling its members', async () => {
      const made = await backend.create(call, Group, { displayName: 'K', members: values(a) }, WITHOUT);
      expect(made.attributes).to.deep.equal({ displayName: 'K' });
      expect(ids(await backend.get(call, Group, made.id))).to.deep.equal([a]);
    });

    it('names the members alone for whoever works out a change', async () => {
      expect(ids(await backend.get(call, Group, group.id, { bare: true }))).to.have.members(ids(group));
    });

    it('shows members up to the number that is wanted, and says when it shows none of more', async () => {
      const most = async (mostMembers: number): Promise<Resource> =>
        inOrder(await backend.get(call, Group, group.id, { mostMembers }));
      expect(await most(3)).to.deep.equal(group);
      const { isPartial, ...resource } = await most(2);
      const { members: _, ...attributes } = group.attributes;
      expect(resource).to.deep.equal(isPartial ? { ...group, attributes } : group);
    });

    it('holds to the version of a reading without members', async () => {
      const from = await backend.get(call, Group, group.id, WITHOUT);
      const changed = plain(await backend.modify(call, Group, group.id, [add(stranger)], from));
      if (from.meta.version === undefined) return;
      await refusal(backend.modify(call, Group, group.id, [removal(stranger)], from), 'versionMismatch');
      expect(await read()).to.deep.equal(changed);
    });
  });
}
