import { expect } from 'chai';
import type { Directory, Search, Session } from '../../../../connector/backend/ldap/directory/session.ts';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import type { Complex, Resource } from '../../../../connector/scim/resource.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend, types } from '../../../support/directories/ldap-backend.ts';
import { peopleLdif } from '../../../support/directories/people.ts';
import { call, join, memberIds, set, verbs } from '../../../support/directories/scim.ts';

/** Enough members to be remembered. */
const MANY = 120;

/** A real directory that tells what is searched for on its way. */
function watched(directory: Directory, told: (search: Search) => void): Directory {
  const through =
    <T>(work: (session: Session) => Promise<T>) =>
    (session: Session): Promise<T> =>
      work({
        server: session.server,
        search: (search) => {
          told(search);
          return session.search(search);
        },
        pages: (search, size) => session.pages(search, size),
        add: (dn, attributes) => session.add(dn, attributes),
        modify: (dn, modifications, witness) => session.modify(dn, modifications, witness),
        rename: (dn, rdn, superior) => session.rename(dn, rdn, superior),
        delete: (dn) => session.delete(dn),
        setPassword: (dn, password) => session.setPassword(dn, password),
      });
  return {
    rootDse: (signal) => directory.rootDse(signal),
    read: (signal, work) => directory.read(signal, through(work)),
    write: (signal, work) => directory.write(signal, through(work)),
    cursor: (signal, work) => directory.cursor(signal, work),
    checkPassword: (signal, dn, password) => directory.checkPassword(signal, dn, password),
    close: () => directory.close(),
  };
}

describe('what is remembered of an ldap directory', () => {
  const server = directoryLab('openldap');
  let backend: LdapBackend;
  let scim: ReturnType<typeof verbs>;
  let membersRead = 0;
  beforeEach(async () => {
    await server.lab.clear();
    const told = ({ attributes }: Search): void => {
      if (attributes.includes('member')) membersRead += 1;
    };
    backend = await openBackend(server.lab, {}, types, (directory) => watched(directory, told));
    scim = verbs(backend);
  });
  afterEach(() => backend.close());

  const total = async (): Promise<number> => (await backend.list(call, types.User, { offset: 0, limit: 0 })).total;
  const groupsOf = async ({ id }: Resource): Promise<unknown[]> =>
    (((await scim.get(id)).attributes['groups'] ?? []) as readonly Complex[]).map(({ display }) => display);

  it('is no total, after a write of ours', async () => {
    const ann = await scim.user({ userName: 'ann', active: true });
    await backend.list(call, types.User, { offset: 0, limit: 10 });
    expect(await total()).to.equal(1);
    await scim.user({ userName: 'bob', active: true });
    expect(await total()).to.equal(2);
    await scim.remove(ann.id);
    expect(await total()).to.equal(1);
  });

  it('is no group of a group, after a write of ours to any group', async () => {
    const ann = await scim.user({ userName: 'ann', active: true });
    const inner = await scim.group('inner', ann.id);
    expect(await groupsOf(ann)).to.deep.equal(['inner']);
    const outer = await scim.group('outer', inner.id);
    expect(await groupsOf(ann)).to.deep.equal(['inner', 'outer']);
    await scim.change(outer.id, [set('displayName', 'around')], 'Group');
    expect(await groupsOf(ann)).to.deep.equal(['inner', 'around']);
    const other = await scim.group('other');
    await scim.change(other.id, [join(inner.id)], 'Group');
    expect(await groupsOf(ann)).to.have.members(['inner', 'around', 'other']);
    await scim.remove(outer.id, 'Group');
    expect(await groupsOf(ann)).to.deep.equal(['inner', 'other']);
  });

  it('is nobody under the name of somebody whom we deleted', async () => {
    const ann = await scim.user({ userName: 'ann', active: true });
    const { id } = await scim.group('g', ann.id);
    await scim.get(id, 'Group');
    await scim.remove(ann.id);
    const other = await openBackend(server.lab);
    const theirs = verbs(other);
    const next = await theirs.user({ userName: 'ann', active: true });
    await theirs.change(id, [join(next.id)], 'Group');
    await other.close();
    expect(memberIds(await scim.get(id, 'Group'))).to.deep.equal([next.id]);
  });

  it('is who is in a large group, from one change of it to the next, under their names of today', async () => {
    await server.lab.apply(peopleLdif(server.lab.flavour, MANY + 2));
    const ids = (await scim.find('userName pr')).map(({ id }) => id);
    const { id } = await scim.group('large', ...ids.slice(0, MANY));
    const remembered = (): Promise<Resource> => backend.get(call, types.Group, id, { freshness: 'remembered' });
    await remembered();
    membersRead = 0;
    await scim.change(id, [join(ids[MANY] ?? '')], 'Group');
    await scim.change(id, [join(ids[MANY + 1] ?? '')], 'Group');
    // One of them is in the group already, which changes nothing.
    await scim.change(id, [join(ids[MANY + 1] ?? '')], 'Group');
    expect(memberIds(await remembered())).to.have.length(MANY + 2);
    expect(membersRead, 'times the members were read').to.equal(0);

    await scim.change(ids[0] ?? '', [set('displayName', 'Somebody Else')]);
    const { attributes } = await remembered();
    const shown = (attributes['members'] as readonly Complex[]).find(({ value }) => value === ids[0]);
    expect(shown?.['display']).to.equal('Somebody Else');
  });
});
