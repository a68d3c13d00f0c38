import { expect } from 'chai';
import { LdapFailure } from '../../../../connector/backend/ldap/directory/ldap-failure.ts';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { type Interception, intercepted, type Verb } from '../../../support/directories/intercepted.ts';
import { openBackend, types } from '../../../support/directories/ldap-backend.ts';
import { join, leave, memberIds, set, verbs } from '../../../support/directories/scim.ts';

/** What becomes of the next write of a kind: done, or not, and in either case without an answer. */
interface Loss {
  readonly verb: Verb;
  readonly done: boolean;
  /** What others do before the answer would have come. */
  readonly meanwhile?: () => Promise<void>;
}

describe('ldap writes without an answer', () => {
  const server = directoryLab('openldap');
  const losses: Loss[] = [];
  let backend: LdapBackend;
  let scim: ReturnType<typeof verbs>;
  before(async () => {
    const lose: Interception = async (verb, write) => {
      const at = losses.findIndex((loss) => loss.verb === verb);
      if (at < 0) return write();
      const [loss] = losses.splice(at, 1);
      if (loss?.done) await write();
      await loss?.meanwhile?.();
      throw new LdapFailure('the connection was lost', { outcomeUnknown: true });
    };
    backend = await openBackend(server.lab, {}, types, (directory) => intercepted(directory, lose));
    scim = verbs(backend);
  });
  after(() => backend?.close());
  beforeEach(async () => {
    losses.length = 0;
    await server.lab.clear();
  });
  afterEach(() => expect(losses, 'a loss that did not happen proves nothing').to.deep.equal([]));

  for (const done of [true, false]) {
    const what = done ? 'was done all the same' : 'was not done';

    it(`makes a person once when the add ${what}`, async () => {
      losses.push({ verb: 'add', done });
      const made = await scim.user({ userName: 'ann', active: true, title: 'Boss' });
      expect(await scim.find('userName eq "ann"')).to.deep.equal([made]);
    });

    it(`changes and renames a person when the modify ${what}`, async () => {
      const { id } = await scim.user({ userName: 'ann', active: true });
      losses.push({ verb: 'modify', done });
      const changed = await scim.change(id, [set('title', 'Boss'), set('userName', 'anna'), set('active', false)]);
      expect(changed.attributes).to.include({ title: 'Boss', userName: 'anna', active: false });
      losses.push({ verb: 'rename', done });
      expect((await scim.change(id, [set('userName', 'ann'), set('title', 'Chief')])).attributes).to.include({
        userName: 'ann',
        title: 'Chief',
      });
    });

    it(`leaves exactly the members asked for when the modify ${what}`, async () => {
      const people = await Promise.all(['a', 'b', 'c'].map((userName) => scim.user({ userName, active: true })));
      const [a = '', b = '', c = ''] = people.map(({ id }) => id);
      const { id } = await scim.group('g', a);
      losses.push({ verb: 'modify', done });
      expect(memberIds(await scim.change(id, [join(b, c), leave(a)], 'Group'))).to.deep.equal([b, c].sort());
      losses.push({ verb: 'modify', done });
      expect(memberIds(await scim.change(id, [leave(b, c)], 'Group'))).to.deep.equal([]);
    });

    it(`deletes a person when the delete ${what}`, async () => {
      const { id } = await scim.user({ userName: 'ann', active: true });
      losses.push({ verb: 'delete', done });
      await scim.remove(id);
      await refusal(scim.get(id), 'notFound');
    });
  }

  it('does not take somebody else for the one it tried to make', async () => {
    const { people } = server.lab.flavour;
    const rival = `dn: uid=ann,${people}\nobjectClass: inetOrgPerson\nuid: ann\ncn: Ann\nsn: Other\ntitle: Second\n`;
    losses.push({ verb: 'add', done: false, meanwhile: () => server.lab.apply(rival) });
    await refusal(scim.user({ userName: 'ann', active: true, title: 'First' }), 'uniqueness');
    const [theirs] = await scim.find('userName eq "ann"');
    expect(theirs?.attributes['title']).to.equal('Second');
  });

  it('takes a new name back when the rest of the change is refused', async () => {
    const before = await scim.user({ userName: 'ann', active: true });
    // mail is IA5 (RFC 4524 §2.16): refused after the rename went through.
    await refusal(
      scim.change(before.id, [set('userName', 'anna'), set('emails', [{ value: 'nicht-ascii-ü@example.com' }])]),
      'invalidValue',
    );
    expect((await scim.get(before.id)).attributes['userName']).to.equal('ann');
  });
});
