import { expect } from 'chai';
import { LdapFailure } from '../../../../connector/backend/ldap/directory/ldap-failure.ts';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import type { Settlement } from '../../../../connector/backend/trail.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { type Interception, intercepted, type Verb } from '../../../support/directories/intercepted.ts';
import { KeptTrail, trailed } from '../../../support/directories/kept-trail.ts';
import { openBackend, types } from '../../../support/directories/ldap-backend.ts';
import { call, join, leave, set, verbs } from '../../../support/directories/scim.ts';
import { rejection } from '../../../support/rejection.ts';

type Scim = ReturnType<typeof verbs>;

interface Case {
  readonly what: string;
  /** The write at which the process dies. */
  readonly verb: Verb;
  /** @returns what is done then */
  readonly prepare: (scim: Scim) => Promise<(scim: Scim) => Promise<unknown>>;
}

const ann = { userName: 'ann', active: true, title: 'Chief', emails: [{ value: 'Ann@Example.com', type: 'work' }] };

const CASES: readonly Case[] = [
  { what: 'a person is made', verb: 'add', prepare: async () => (scim) => scim.user(ann) },
  {
    what: 'attributes get other values, one and none',
    verb: 'modify',
    prepare: async (scim) => {
      const { id } = await scim.user(ann);
      return (dying) => dying.change(id, [set('title', 'Boss'), set('nickName', 'annie'), set('emails', [])]);
    },
  },
  {
    what: 'a value changes in case alone',
    verb: 'modify',
    prepare: async (scim) => {
      const { id } = await scim.user(ann);
      return (dying) => dying.change(id, [set('title', 'CHIEF')]);
    },
  },
  {
    what: 'a person is locked out',
    verb: 'modify',
    prepare: async (scim) => {
      const { id } = await scim.user(ann);
      return (dying) => dying.change(id, [set('active', false)]);
    },
  },
  {
    what: 'a person is renamed',
    verb: 'rename',
    prepare: async (scim) => {
      const { id } = await scim.user(ann);
      return (dying) => dying.change(id, [set('userName', 'anna')]);
    },
  },
  {
    what: 'a person is renamed in case alone',
    verb: 'rename',
    prepare: async (scim) => {
      const { id } = await scim.user(ann);
      return (dying) => dying.change(id, [set('userName', 'Ann')]);
    },
  },
  {
    what: 'a person is deleted',
    verb: 'delete',
    prepare: async (scim) => {
      const { id } = await scim.user(ann);
      return (dying) => dying.remove(id);
    },
  },
  {
    what: 'members join and leave',
    verb: 'modify',
    prepare: async (scim) => {
      const people = await Promise.all(['a', 'b', 'c'].map((userName) => scim.user({ userName, active: true })));
      const [a = '', b = '', c = ''] = people.map(({ id }) => id);
      const { id } = await scim.group('g', a);
      return (dying) => dying.change(id, [join(b, c), leave(a)], 'Group');
    },
  },
  {
    what: 'a person is taken out of a group before being deleted',
    verb: 'modify',
    prepare: async (scim) => {
      const [one, other] = [await scim.user(ann), await scim.user({ userName: 'bob', active: true })];
      await scim.group('g', one.id, other.id);
      return (dying) => dying.remove(one.id);
    },
  },
];

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`what became of a write, asked of ${name}`, () => {
    const server = directoryLab(name);
    let backend: LdapBackend;
    let scim: Scim;
    let dying: { readonly verb: Verb; readonly done: boolean } | undefined;
    before(async () => {
      const die: Interception = async (verb, write) => {
        if (verb !== dying?.verb) return write();
        const { done } = dying;
        dying = undefined;
        if (done) await write();
        // As of a process that is killed, nothing comes after it.
        throw new LdapFailure('killed', { outcomeUnknown: true, outOfTime: true });
      };
      backend = await openBackend(server.lab, {}, types, (directory) => intercepted(directory, die));
      scim = verbs(backend);
    });
    after(() => backend?.close());
    beforeEach(async () => {
      dying = undefined;
      await server.lab.clear();
    });

    const settled = (trail: KeptTrail, at = trail.told.length - 1): Promise<Settlement> => {
      const write = trail.told[at]?.write;
      if (!write) throw new Error('nothing was told');
      return backend.settle(write, call.signal);
    };

    // On Samba the switch is part of the add, and a rename of the name that people log in with is none of the entry.
    const cases = name === 'samba' ? CASES.filter(({ verb }) => verb !== 'rename') : CASES;
    for (const { what, verb, prepare } of cases) {
      for (const done of [true, false]) {
        it(`${done ? 'done' : 'not done'}: ${what}`, async () => {
          const act = await prepare(scim);
          const trail = new KeptTrail();
          dying = { verb, done };
          await rejection(act(verbs(trailed(backend, trail))));
          expect(dying, 'the write came').to.equal(undefined);
          expect(trail.told.at(-1)?.outcome).to.equal('unknown');
          expect(await settled(trail)).to.equal(done ? 'done' : 'not done');
        });
      }
    }

    it('every write of an operation is told, and how it ended', async () => {
      const trail = new KeptTrail();
      const told = verbs(trailed(backend, trail));
      const { id } = await told.user({ ...ann, password: 'Correct-Horse-7' });
      await told.change(id, [set('title', 'Boss'), set('userName', 'anna')]);
      await told.group('g', id);
      await told.remove(id);
      const kinds = trail.told.map(({ write }) => (write.proof as { readonly kind: string }).kind);
      expect(kinds.filter((kind) => kind === 'delete')).to.have.length(1);
      expect(kinds.filter((kind) => kind === 'add')).to.have.length(2);
      // A group that loses its last member may refuse that first.
      expect(trail.told.filter(({ outcome }) => outcome !== 'done' && outcome !== 'refused')).to.deep.equal([]);
      expect(trail.told.filter(({ outcome }) => outcome === 'refused').length).to.be.at.most(1);
      expect(new Set(trail.told.map(({ write }) => write.server))).to.deep.equal(new Set([server.lab.url]));
      expect(JSON.stringify(trail.told)).not.to.include('Correct-Horse').and.not.to.include('{SSHA}');
    });

    it('a password says nothing of itself, unless the entry is as it was', async () => {
      const { id } = await scim.user({ ...ann, password: 'Correct-Horse-7' });
      const trail = new KeptTrail();
      await verbs(trailed(backend, trail)).change(id, [set('password', 'Battery-Staple-8')]);
      expect(await settled(trail)).to.equal('unknown');
      const unsent = new KeptTrail();
      unsent.lost.add(1);
      await rejection(verbs(trailed(backend, unsent)).change(id, [set('password', 'Battery-Staple-9')]));
      expect(await settled(unsent)).to.equal(name === '389ds' ? 'unknown' : 'not done');
    });

    it('somebody made anew under the same name is not the one who was deleted', async () => {
      const { id } = await scim.user(ann);
      const trail = new KeptTrail();
      dying = { verb: 'delete', done: true };
      await rejection(verbs(trailed(backend, trail)).remove(id));
      await scim.user(ann);
      expect(await settled(trail)).to.equal('done');
    });
  });
}
