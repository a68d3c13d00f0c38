import { expect } from 'chai';
import type { Backend } from '../../connector/backend/backend.ts';
import type { Change } from '../../connector/scim/change.ts';
import type { Attributes } from '../../connector/scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../connector/scim/schema/names.ts';
import type { Needs } from './abilities.ts';
import type { MakeBackend } from './backend.ts';
import { call, compile, everyone } from './company.ts';
import { Group, OPEN_URN, people, User, WEIRD_NAMES } from './people.ts';
import { refusal } from './refusal.ts';

const MANAGER = `${ENTERPRISE_SCHEMA}:manager.managerId`;

export function describeLifecycle(make: MakeBackend, needs: Needs): void {
  describe('resources', () => {
    let backend: Backend;
    beforeEach(async () => {
      backend = await make();
    });
    afterEach(() => backend?.close());

    needs.it('verbatim', 'gives back what it was given, under a new id', async () => {
      for (const person of people) {
        const created = await backend.create(call, User, person);
        expect(created.attributes).to.deep.equal(person);
        expect(await backend.get(call, User, created.id)).to.deep.equal(created);
      }
    });

    needs.it('undeclared', 'keeps attributes whose names objects inherit', async () => {
      const block = Object.fromEntries(WEIRD_NAMES.map((name) => [name, name]));
      const { id } = await backend.create(call, User, { userName: 'weird', [OPEN_URN]: block });
      await backend.modify(call, User, id, [
        { op: 'set', path: { extension: OPEN_URN, attribute: '__proto__' }, value: 'changed' },
      ]);
      const { attributes } = await backend.get(call, User, id);
      expect(Object.entries(attributes[OPEN_URN] ?? {})).to.have.deep.members(
        WEIRD_NAMES.map((name) => [name, name === '__proto__' ? 'changed' : name]),
      );
    });

    it('has another version after every modification, and was created when it was', async () => {
      const created = await backend.create(call, User, { userName: 'ann' });
      let last = created;
      for (const title of ['A', 'B', 'C']) {
        const next = await backend.modify(call, User, created.id, [
          { op: 'set', path: { attribute: 'title' }, value: title },
        ]);
        expect(next.meta.created).to.equal(created.meta.created);
        expect(next.meta.version).to.not.equal(last.meta.version);
        last = next;
      }
    });

    needs.it('milliseconds', 'says lastModified = created at first, and moves it with every change', async () => {
      let last = await backend.create(call, User, { userName: 'ann' });
      expect(last.meta.lastModified).to.equal(last.meta.created);
      for (const title of ['A', 'B', 'C']) {
        const next = await backend.modify(call, User, last.id, [
          { op: 'set', path: { attribute: 'title' }, value: title },
        ]);
        expect(next.meta.lastModified > last.meta.lastModified).to.equal(true);
        last = next;
      }
    });

    it('never gives a password back, nor counts it among the attributes', async () => {
      const created = await backend.create(call, User, { userName: 'ann', password: 't1meMa$heen' });
      const changed = await backend.modify(call, User, created.id, [
        { op: 'set', path: { attribute: 'password' }, value: 't1meMa$heen2' },
        { op: 'set', path: { attribute: 'title' }, value: 'x' },
      ]);
      const page = await backend.list(call, User, everyone);
      const seen = JSON.stringify([created, changed, page, await backend.get(call, User, created.id)]);
      expect(seen).to.not.contain('t1meMa$heen').and.not.contain('password');
    });

    it('applies all changes or none', async () => {
      await backend.create(call, User, { userName: 'ann' });
      const before = await backend.create(call, User, { userName: 'bob', title: 'A' });
      await refusal(
        backend.modify(call, User, before.id, [
          { op: 'set', path: { attribute: 'title' }, value: 'B' },
          { op: 'set', path: { attribute: 'userName' }, value: 'ANN' },
        ]),
        'uniqueness',
      );
      expect(await backend.get(call, User, before.id)).to.deep.equal(before);
    });

    it('answers an empty list of changes with the resource as it is', async () => {
      const before = await backend.create(call, User, { userName: 'ann' });
      expect(await backend.modify(call, User, before.id, [])).to.deep.equal(before);
    });

    it('refuses a taken userName whatever its case, and displayName among groups', async () => {
      await backend.create(call, User, { userName: 'Ünal', displayName: 'Staff' });
      const error = await refusal(backend.create(call, User, { userName: 'üNAL' }), 'uniqueness');
      expect(error.message).to.contain('userName').and.contain('üNAL');
      await backend.create(call, Group, { displayName: 'Staff' });
      const second = await refusal(backend.create(call, Group, { displayName: 'STAFF' }), 'uniqueness');
      expect(second.message).to.contain('displayName');
      const { total } = await backend.list(call, User, everyone);
      expect(total).to.equal(1);
    });

    it('refuses every spelling of a taken name, and finds who has it by that spelling', async () => {
      const spellings = (name: string): readonly string[] => [
        ` ${name.toUpperCase()}  `,
        name.normalize('NFD'),
        name.replace(' ', '   '),
        name.replace(' ', '\u00a0'),
        name.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
        `\ufeff${name.slice(0, 2)}\u200b${name.slice(2)}`,
        name.replace('a', 'a\u00ad'),
      ];
      for (const type of [User, Group]) {
        const name = type.isAccount ? 'maria jos\u00e9' : 'team jos\u00e9';
        const { id } = await backend.create(call, type, { [type.naturalKey]: name });
        for (const spelling of spellings(name)) {
          await refusal(backend.create(call, type, { [type.naturalKey]: spelling }), 'uniqueness');
          const filter = compile(type, `${type.naturalKey} eq ${JSON.stringify(spelling)}`);
          const { resources } = await backend.list(call, type, { ...everyone, filter });
          expect(resources.map((resource) => resource.id)).to.deep.equal([id]);
        }
      }
    });

    it('lets a user change the case of his own name, and two share an externalId', async () => {
      const ann = await backend.create(call, User, { userName: 'ann', externalId: 'x' });
      await backend.create(call, User, { userName: 'bob', externalId: 'x' });
      const renamed = await backend.modify(call, User, ann.id, [
        { op: 'set', path: { attribute: 'userName' }, value: 'ANN' },
      ]);
      expect(renamed.attributes['userName']).to.equal('ANN');
    });

    it('knows a resource under its own type and exact id only', async () => {
      const { id } = await backend.create(call, User, { userName: 'ann' });
      await refusal(backend.get(call, Group, id), 'notFound');
      await refusal(backend.modify(call, Group, id, []), 'notFound');
      await refusal(backend.delete(call, Group, id), 'notFound');
      await refusal(backend.get(call, User, `${id}x`), 'notFound');
      if (id !== id.toUpperCase()) await refusal(backend.get(call, User, id.toUpperCase()), 'notFound');
    });

    it('forgets what is deleted, and gives its name to another with a new id', async () => {
      const first = await backend.create(call, User, { userName: 'ann', emails: [{ value: 'a@x.org' }] });
      await backend.delete(call, User, first.id);
      await refusal(backend.get(call, User, first.id), 'notFound');
      await refusal(backend.modify(call, User, first.id, []), 'notFound');
      await refusal(backend.delete(call, User, first.id), 'notFound');
      expect((await backend.list(call, User, everyone)).total).to.equal(0);
      const second = await backend.create(call, User, { userName: 'ann' });
      expect(second.id).to.not.equal(first.id);
      expect(second.attributes).to.not.have.property('emails');
    });

    it('refuses a stale version and takes the current one', async () => {
      const first = await backend.create(call, User, { userName: 'ann' });
      const { id } = first;
      const title = { op: 'set', path: { attribute: 'title' }, value: 'x' } as const;
      const changed = await backend.modify(call, User, id, [title], first);
      await refusal(backend.modify(call, User, id, [title], first), 'versionMismatch');
      await refusal(backend.delete(call, User, id, first), 'versionMismatch');
      expect(await backend.get(call, User, id)).to.deep.equal(changed);
      await backend.delete(call, User, id, changed);
    });

    it('tells beforehand whether a change would change anything, and does not make it', async () => {
      const ann = await backend.create(call, User, { userName: 'ann', title: 'Dr' });
      const title = (value: string): Change => ({ op: 'set', path: { attribute: 'title' }, value });
      expect(await backend.wouldChange(call, User, ann.id, [title('Dr')])).to.equal(false);
      expect(await backend.wouldChange(call, User, ann.id, [title('Prof')])).to.equal(true);
      expect(await backend.get(call, User, ann.id)).to.deep.equal(ann);
    });

    it('names no attribute as dropped that it shows again', async () => {
      const attributes = { userName: 'ann', title: 'Dr', name: { familyName: 'Ash' } };
      const { attributes: shown } = await backend.create(call, User, attributes);
      const dropped = backend.dropped(User, attributes);
      expect(Object.keys(attributes).filter((name) => !(name in shown))).to.have.members(dropped);
    });

    const managed = (managerId: string): Attributes => ({
      [ENTERPRISE_SCHEMA]: { manager: { managerId, displayName: 'lie' } } as Attributes,
    });

    it('shows the name of a manager, of whom it must have heard', async () => {
      const boss = await backend.create(call, User, { userName: 'boss', displayName: 'The Boss' });
      const ann = await backend.create(call, User, { userName: 'ann', ...managed(boss.id) });
      expect(ann.attributes[ENTERPRISE_SCHEMA]).to.deep.equal({
        manager: { managerId: boss.id, displayName: 'The Boss' },
      });
      const unknown = backend.create(call, User, { userName: 'bob', ...managed('nobody-1') });
      expect((await refusal(unknown, 'invalidValue')).message)
        .to.contain(MANAGER)
        .and.contain('"nobody-1"');
      const group = await backend.create(call, Group, { displayName: 'g' });
      await refusal(backend.create(call, User, { userName: 'bob', ...managed(group.id) }), 'invalidValue');
      expect((await backend.list(call, User, everyone)).total).to.equal(2);
    });

    needs.it('dangling references', 'keeps the id of a manager who is gone, and takes no other like it', async () => {
      const boss = await backend.create(call, User, { userName: 'boss', displayName: 'The Boss' });
      const ann = await backend.create(call, User, { userName: 'ann', ...managed(boss.id) });
      await backend.delete(call, User, boss.id);
      const orphan = await backend.modify(call, User, ann.id, [
        { op: 'set', path: { attribute: 'title' }, value: 'x' },
      ]);
      expect(orphan.attributes[ENTERPRISE_SCHEMA]).to.deep.equal({ manager: { managerId: boss.id } });
      await refusal(
        backend.modify(call, User, ann.id, [
          { op: 'set', path: { extension: ENTERPRISE_SCHEMA, attribute: 'manager' }, value: { managerId: 'nobody-2' } },
        ]),
        'invalidValue',
      );
    });

    it('answers ping while open, and closes twice', async () => {
      await backend.ping();
      await backend?.close();
      await backend?.close();
    });
  });
}
