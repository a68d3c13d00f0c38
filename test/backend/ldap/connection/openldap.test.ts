import { expect } from 'chai';
import { EqualityFilter, PresenceFilter } from 'ldapts';
import type { Search } from '../../../../connector/backend/ldap/directory/session.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { peopleLdif } from '../../../support/directories/people.ts';
import { patient, serviceOptions, withDirectory } from '../../../support/directories/service-directory.ts';

describe('directory connections to OpenLDAP', () => {
  const suite = directoryLab('openldap');
  const everyone = (): Search => ({
    base: suite.lab.flavour.people,
    scope: 'one',
    filter: new EqualityFilter({ attribute: 'objectClass', value: 'inetOrgPerson' }),
    attributes: ['uid', 'entryUUID'],
  });

  before(() => suite.lab.load(peopleLdif(suite.lab.flavour, 3000)));

  it('reads all entries of a search beyond the size limit', () =>
    withDirectory(serviceOptions(suite.lab), async (directory) => {
      const entries = await directory.read(patient(), (session) => session.search(everyone()));
      expect(entries).to.have.length(3000);
      expect([...(entries[7]?.attributes.keys() ?? [])]).to.have.members(['uid', 'entryuuid']);
    }));

  it('keeps many searches of one connection apart, though each needs several pages', () =>
    withDirectory(
      serviceOptions(suite.lab, { pools: { read: { connections: 1, sharing: 64 } } }),
      async (directory) => {
        const all = await Promise.all(
          Array.from({ length: 6 }, () => directory.read(patient(), (session) => session.search(everyone()))),
        );
        expect(all.map((entries) => entries.length)).to.deep.equal(Array(6).fill(3000));
      },
    ));

  it('hands out pages of a cursor while other cursors run', () =>
    withDirectory(serviceOptions(suite.lab), async (directory) => {
      const dump = (size: number): Promise<number[]> =>
        directory.cursor(patient(), async (session) => {
          const sizes: number[] = [];
          for await (const page of session.pages(everyone(), size)) sizes.push(page.length);
          return sizes;
        });
      const [a, b, c] = await Promise.all([dump(1000), dump(700), dump(999)]);
      expect(a).to.deep.equal([1000, 1000, 1000]);
      expect(b).to.deep.equal([700, 700, 700, 700, 200]);
      expect(c?.reduce((sum, size) => sum + size)).to.equal(3000);
    }));

  it('makes pages smaller when the server refuses their size', () =>
    withDirectory(serviceOptions(suite.lab, { pageSize: 4000 }), async (directory) => {
      const entries = await directory.cursor(patient(), (session) => session.search(everyone()));
      expect(entries).to.have.length(3000);
    }));

  it('fails, and never shortens, a search that the server cuts', async () => {
    const dn = 'cn=scim-limited,ou=services,dc=example,dc=com';
    const limited = serviceOptions(suite.lab, { bind: { kind: 'simple', dn, password: () => 'scim-for-tests' } });
    await withDirectory(limited, async (directory) => {
      const failure = await directory
        .read(patient(), (session) => session.search(everyone()))
        .then(
          () => undefined,
          (error: unknown) => error,
        );
      expect(failure).to.include({ name: 'LdapFailure', code: 4 });
    });
  });

  it('reads the root DSE with its operational attributes', () =>
    withDirectory(serviceOptions(suite.lab), async (directory) => {
      const root = await directory.rootDse(patient());
      expect(root.get('namingcontexts')).to.deep.equal(['dc=example,dc=com']);
      expect(root.get('supportedcontrol')).to.include('1.2.840.113556.1.4.319');
    }));

  it('adds, modifies, renames and deletes', () =>
    withDirectory(serviceOptions(suite.lab), async (directory) => {
      const { people } = suite.lab.flavour;
      const dn = `uid=a\\2cb \\5c,${people}`;
      await directory.write(patient(), async (session) => {
        await session.add(dn, {
          objectClass: ['inetOrgPerson'],
          uid: ['a,b \\'],
          cn: ['Zoë'],
          sn: ['Z'],
          mail: ['z@example.com'],
        });
        await session.modify(dn, [{ operation: 'replace', attribute: 'mail', values: ['y@example.com'] }]);
        await session.setPassword(dn, 'secret-word');
        await session.rename(dn, 'uid=c\\5c');
      });
      const renamed = `uid=c\\5c,${people}`;
      const [entry] = await directory.read(patient(), (session) =>
        session.search({
          base: renamed,
          scope: 'base',
          filter: new PresenceFilter({ attribute: 'objectClass' }),
          attributes: ['uid', 'cn', 'mail', 'title'],
          binary: ['CN'],
        }),
      );
      expect(Object.fromEntries(entry?.attributes ?? [])).to.deep.equal({
        uid: ['c\\'],
        cn: [Buffer.from('Zoë')],
        mail: ['y@example.com'],
      });
      expect(await directory.checkPassword(patient(), renamed, 'secret-word')).to.equal(true);
      expect(await directory.checkPassword(patient(), renamed, 'wrong-word')).to.equal(false);
      expect(await directory.checkPassword(patient(), renamed, '')).to.equal(false);
      await directory.write(patient(), (session) => session.delete(renamed));
    }));

  it('opens no more connections for many first calls than the pool has', () =>
    withDirectory(serviceOptions(suite.lab), async (directory) => {
      const one = { ...everyone(), filter: new EqualityFilter({ attribute: 'uid', value: 'user000042' }) };
      const found = await Promise.all(
        Array.from({ length: 200 }, () => directory.read(patient(), (session) => session.search(one))),
      );
      expect(found.every((entries) => entries.length === 1)).to.equal(true);
    }));

  it('binds by client certificate', () =>
    withDirectory(serviceOptions(suite.lab, { bind: { kind: 'external', ...suite.lab.client } }), async (directory) => {
      expect(await directory.read(patient(), (session) => session.search(everyone()))).to.have.length(3000);
    }));
});
