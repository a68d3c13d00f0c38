import { expect } from 'chai';
import fc from 'fast-check';
import type { Backend } from '../../connector/backend/backend.ts';
import type { Change } from '../../connector/scim/change.ts';
import type { Complex, Resource } from '../../connector/scim/resource.ts';
import type { Needs } from './abilities.ts';
import type { MakeBackend } from './backend.ts';
import { call, everyone } from './company.ts';
import { Group, User } from './people.ts';
import { refusal } from './refusal.ts';

const path = { attribute: 'members' } as const;
const values = (ids: readonly string[]): { value: string }[] => ids.map((value) => ({ value }));
const add = (...ids: string[]): Change => ({ op: 'add', path, values: values(ids) });
const removal = (...ids: string[]): Change => ({ op: 'remove', path, values: values(ids) });

const idsIn = ({ attributes }: Resource, name: 'members' | 'groups'): string[] =>
  ((attributes[name] ?? []) as readonly Complex[]).map(({ value }) => String(value)).sort();

export function describeMembership(make: MakeBackend, needs: Needs): void {
  describe('membership', () => {
    let backend: Backend;
    beforeEach(async () => {
      backend = await make();
    });
    afterEach(() => backend.close());

    const user = (userName: string, rest = {}): Promise<Resource> => backend.create(call, User, { userName, ...rest });
    const group = (displayName: string, ...ids: string[]): Promise<Resource> =>
      backend.create(call, Group, { displayName, ...(ids.length ? { members: values(ids) } : {}) });
    const freshly = ({ id }: Resource, type = User): Promise<Resource> => backend.get(call, type, id);

    it('shows members by their best name, with their type', async () => {
      const plain = await user('plain');
      const formatted = await user('formatted', { name: { formatted: 'Full Name' } });
      const shown = await user('shown', { displayName: 'Shown', name: { formatted: 'x' } });
      const inner = await group('Inner');
      const { attributes } = await group('Outer', shown.id, plain.id, formatted.id, inner.id);
      expect(attributes['members']).to.have.deep.members([
        { value: plain.id, display: 'plain', type: 'User' },
        { value: formatted.id, display: 'Full Name', type: 'User' },
        { value: shown.id, display: 'Shown', type: 'User' },
        { value: inner.id, display: 'Inner', type: 'Group' },
      ]);
    });

    it('shows direct and indirect groups, through a circle and under their new names', async () => {
      const ann = await user('ann');
      const inner = await group('Inner', ann.id);
      const outer = await group('Outer', inner.id);
      await backend.modify(call, Group, inner.id, [add(outer.id)]);
      await backend.modify(call, Group, inner.id, [{ op: 'set', path: { attribute: 'displayName' }, value: 'Core' }]);
      expect((await freshly(ann)).attributes['groups']).to.deep.equal([
        { value: inner.id, display: 'Core', type: 'direct' },
        { value: outer.id, display: 'Outer', type: 'indirect' },
      ]);
    });

    it('leaves costly attributes out on request, in one and in many', async () => {
      const ann = await user('ann');
      const { id } = await group('G', ann.id);
      for (const [type, one, costly] of [
        [Group, id, 'members'],
        [User, ann.id, 'groups'],
      ] as const) {
        const { [costly]: left, ...rest } = (await backend.get(call, type, one)).attributes;
        expect(left).to.have.length(1);
        expect((await backend.get(call, type, one, { without: [costly] })).attributes).to.deep.equal(rest);
        const [among] = (await backend.list(call, type, everyone)).resources;
        expect(among?.attributes).to.deep.equal({ ...rest, [costly]: left });
        const [without] = (await backend.list(call, type, { ...everyone, without: ['members', 'groups'] })).resources;
        expect(without?.attributes).to.deep.equal(rest);
      }
    });

    it('refuses members it has never heard of, naming them, and writes nothing', async () => {
      const ann = await user('ann');
      const error = await refusal(
        backend.create(call, Group, { displayName: 'G', members: values([ann.id, 'nobody-1']) }),
        'invalidValue',
      );
      expect(error.message).to.contain('members').and.contain('"nobody-1"');
      expect((await backend.list(call, Group, everyone)).total).to.equal(0);
      const before = await group('G');
      await refusal(backend.modify(call, Group, before.id, [add(ann.id, 'nobody-2')]), 'invalidValue');
      expect(await freshly(before, Group)).to.deep.equal(before);
      expect((await freshly(ann)).attributes).to.not.have.property('groups');
    });

    it('sets, unsets, adds twice and removes strangers without complaint', async () => {
      const [a, b, c] = await Promise.all([user('a'), user('b'), user('c')]);
      const { id } = await group('G', a.id, b.id);
      const change = async (...changes: Change[]): Promise<string[]> =>
        idsIn(await backend.modify(call, Group, id, changes), 'members');
      expect(await change({ op: 'set', path, value: values([b.id, c.id, c.id]) })).to.deep.equal([b.id, c.id].sort());
      expect(await change(add(c.id, a.id))).to.deep.equal([a.id, b.id, c.id].sort());
      expect(await change(removal(c.id, 'nobody'))).to.deep.equal([a.id, b.id].sort());
      expect(await change(removal(a.id), add(a.id))).to.deep.equal([a.id, b.id].sort());
      expect(await change({ op: 'unset', path })).to.deep.equal([]);
      expect((await freshly({ id } as Resource, Group)).attributes).to.deep.equal({ displayName: 'G' });
    });

    needs.it(
      'stamped members',
      'moves lastModified of the group and of who joined or left, but the version of the group alone',
      async () => {
        const [stays, joins, leaves] = await Promise.all([user('stays'), user('joins'), user('leaves')]);
        const before = await group('G', stays.id, leaves.id);
        const were = await Promise.all([stays, joins, leaves].map((one) => freshly(one)));
        const after = await backend.modify(call, Group, before.id, [
          { op: 'set', path, value: values([stays.id, joins.id]) },
        ]);
        const are = await Promise.all([stays, joins, leaves].map((one) => freshly(one)));
        expect(after.meta.lastModified > before.meta.lastModified).to.equal(true);
        expect(after.meta.version).to.not.equal(before.meta.version);
        expect(are.map(({ meta }, i) => meta.lastModified > (were[i]?.meta.lastModified ?? ''))).to.deep.equal([
          false,
          true,
          true,
        ]);
        expect(are.map(({ meta }) => meta.version)).to.deep.equal(were.map(({ meta }) => meta.version));
      },
    );

    needs.it('stamped members', 'tells new members of a new group', async () => {
      const ann = await user('ann');
      const made = await group('G', ann.id);
      expect(made.meta.lastModified).to.equal(made.meta.created);
      const now = await freshly(ann);
      expect(now.meta.lastModified > ann.meta.lastModified).to.equal(true);
      expect(now.meta.version).to.equal(ann.meta.version);
    });

    it('takes deleted users and groups out of every group, which has another version then', async () => {
      const [ann, bob] = await Promise.all([user('ann'), user('bob')]);
      const inner = await group('Inner', ann.id, bob.id);
      const outer = await group('Outer', inner.id);
      await backend.delete(call, User, ann.id);
      const smaller = await freshly(inner, Group);
      expect(idsIn(smaller, 'members')).to.deep.equal([bob.id]);
      expect(smaller.meta.version).to.not.equal(inner.meta.version);

      await backend.delete(call, Group, inner.id);
      expect((await freshly(bob)).attributes).to.not.have.property('groups');
      const emptied = await freshly(outer, Group);
      expect(emptied.attributes).to.deep.equal({ displayName: 'Outer' });
      expect(emptied.meta.version).to.not.equal(outer.meta.version);
    });

    needs.it('stamped members', 'tells the neighbours of whoever is deleted', async () => {
      const [ann, bob] = await Promise.all([user('ann'), user('bob')]);
      const inner = await group('Inner', ann.id, bob.id);
      await backend.delete(call, User, ann.id);
      expect((await freshly(inner, Group)).meta.lastModified > inner.meta.lastModified).to.equal(true);

      const before = await freshly(bob);
      await backend.delete(call, Group, inner.id);
      const after = await freshly(bob);
      expect(after.meta.lastModified > before.meta.lastModified).to.equal(true);
      expect(after.meta.version).to.equal(before.meta.version);
    });

    it('ends with exactly the members asked for, whatever the steps', async () => {
      const pool = await Promise.all(Array.from({ length: 8 }, (_, i) => user(`u${i}`)));
      const some = fc.uniqueArray(fc.constantFrom(...pool.map(({ id }) => id)));
      const step = fc.record({ op: fc.constantFrom('add', 'remove', 'set', 'unset'), ids: some });
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { maxLength: 6 }), async (steps) => {
          run += 1;
          const { id } = await group(`G${run}`);
          const wanted = new Set<string>();
          for (const changes of steps) {
            for (const { op, ids } of changes) {
              if (op === 'set' || op === 'unset') wanted.clear();
              for (const one of op === 'unset' ? [] : ids) op === 'remove' ? wanted.delete(one) : wanted.add(one);
            }
            await backend.modify(
              call,
              Group,
              id,
              changes.map(({ op, ids }) => toChange(op, ids)),
            );
          }
          expect(idsIn(await backend.get(call, Group, id), 'members')).to.deep.equal([...wanted].sort());
        }),
        { numRuns: 40 },
      );
    });
  });
}

function toChange(op: string, ids: string[]): Change {
  if (op === 'add') return add(...ids);
  if (op === 'remove') return removal(...ids);
  return op === 'set' ? { op, path, value: values(ids) } : { op: 'unset', path };
}
