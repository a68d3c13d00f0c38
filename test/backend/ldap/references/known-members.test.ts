import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { type Interception, intercepted } from '../../../support/directories/intercepted.ts';
import { openBackend, types } from '../../../support/directories/ldap-backend.ts';
import { peopleLdif } from '../../../support/directories/people.ts';
import { call, join, leave, memberIds, set, verbs } from '../../../support/directories/scim.ts';

/** Large enough to be remembered. */
const MEMBERS = 120;

describe('the members of a large ldap group', () => {
  const server = directoryLab('openldap');
  let backend: LdapBackend;
  let other: LdapBackend;
  let scim: ReturnType<typeof verbs>;
  let theirs: ReturnType<typeof verbs>;
  let pool: readonly string[];
  let id: string;
  let rival: (() => Promise<unknown>) | undefined;
  const meet: Interception = async (_, write) => {
    const first = rival;
    rival = undefined;
    await first?.();
    return write();
  };
  const inDirectory = async (): Promise<string[]> => memberIds(await theirs.get(id, 'Group'));
  const one = (n: number): string => pool[n] ?? '';

  beforeEach(async () => {
    rival = undefined;
    await server.lab.clear();
    await server.lab.apply(peopleLdif(server.lab.flavour, MEMBERS + 10));
    backend = await openBackend(server.lab, {}, types, (directory) => intercepted(directory, meet));
    other = await openBackend(server.lab);
    [scim, theirs] = [verbs(backend), verbs(other)];
    pool = (await scim.find('userName pr')).map((person) => person.id);
    ({ id } = await scim.group('large', ...pool.slice(0, MEMBERS)));
    await backend.get(call, types.Group, id, { freshness: 'remembered' });
  });
  afterEach(async () => {
    await backend.close();
    await other.close();
  });

  it('are those of the directory after every change', async () => {
    for (const changes of [[join(one(125))], [leave(one(3))], [join(one(3), one(126)), leave(one(125), one(7))]]) {
      const changed = await scim.change(id, changes, 'Group');
      expect(memberIds(changed)).to.deep.equal(await inDirectory());
    }
    expect(await inDirectory()).to.have.length(MEMBERS);
  });

  it('include those that others added and removed since', async () => {
    await theirs.change(id, [join(one(121)), leave(one(0))], 'Group');
    const changed = await scim.change(id, [join(one(122))], 'Group');
    expect(memberIds(changed))
      .to.include.members([one(121), one(122)])
      .and.not.include(one(0));
    expect(memberIds(changed)).to.deep.equal(await inDirectory());
  });

  it('are read anew when somebody was faster between our reading and our change', async () => {
    rival = () => theirs.change(id, [join(one(121)), leave(one(0))], 'Group');
    await scim.change(id, [join(one(122))], 'Group');
    expect(rival, 'the race took place').to.equal(undefined);
    const next = await scim.change(id, [join(one(123))], 'Group');
    expect(memberIds(next)).to.deep.equal(await inDirectory());
    expect(memberIds(next))
      .to.include.members([one(121), one(122), one(123)])
      .and.not.include(one(0));
  });

  it('are found under the name that somebody else gave them, though the version of the group stays', async () => {
    // refint changes the member value without a new entryCSN.
    const { attributes } = await theirs.get(one(5));
    await theirs.change(one(5), [set('userName', `${attributes['userName']}x`)]);
    const changed = await scim.change(id, [leave(one(5))], 'Group');
    expect(memberIds(changed)).to.not.include(one(5));
    expect(await inDirectory())
      .to.have.length(MEMBERS - 1)
      .and.not.include(one(5));
  });

  it('leave when we delete them', async () => {
    await scim.remove(one(5));
    const changed = await scim.change(id, [join(one(122))], 'Group');
    expect(memberIds(changed)).to.not.include(one(5));
    expect(memberIds(changed)).to.deep.equal(await inDirectory());
  });

  it('can all leave at once, and come back', async () => {
    const emptied = await scim.change(id, [{ op: 'unset', path: { attribute: 'members' } }], 'Group');
    expect(memberIds(emptied)).to.deep.equal([]);
    expect(await inDirectory()).to.deep.equal([]);
    await scim.change(id, [join(...pool)], 'Group');
    expect(await inDirectory()).to.have.length(pool.length);
  });
});
