import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend } from '../../../support/directories/ldap-backend.ts';
import { set, verbs } from '../../../support/directories/scim.ts';

/** docs/ldap.md, The id, and what happens to names. */
for (const name of ['openldap', '389ds'] as const) {
  describe(`entries named by others, on ${name}`, () => {
    const server = directoryLab(name);
    let backend: LdapBackend;
    let scim: ReturnType<typeof verbs>;
    before(async () => {
      backend = await openBackend(server.lab);
      scim = verbs(backend);
    });
    after(() => backend?.close());
    const add = (rdn: string, ...lines: readonly string[]): Promise<void> =>
      server.lab.apply(`dn: ${rdn},${server.lab.flavour.people}\nobjectClass: inetOrgPerson\n${lines.join('\n')}\n`);
    const idOf = async (userName: string): Promise<string> =>
      (await scim.find(`userName eq "${userName}"`))[0]?.id ?? 'nobody';
    const dnOf = async (filter: string): Promise<string> =>
      /^dn: (.*?),/m.exec(await server.lab.find(server.lab.flavour.people, filter, '1.1'))?.[1] ?? '';

    it('change the part of the name that changes, and keep the other', async () => {
      await add('cn=Mia Kaya+uid=mkaya', 'cn: Mia Kaya', 'sn: Kaya', 'uid: mkaya');
      const id = await idOf('mkaya');
      await scim.change(id, [set('name', { formatted: 'Mia Berg', familyName: 'Berg' })]);
      expect((await dnOf('(uid=mkaya)')).split('+')).to.have.members(['cn=Mia Berg', 'uid=mkaya']);
      const { attributes } = await scim.change(id, [set('userName', 'mia.berg')]);
      expect(attributes['userName']).to.equal('mia.berg');
      expect((await dnOf('(uid=mia.berg)')).split('+')).to.have.members(['cn=Mia Berg', 'uid=mia.berg']);
    });

    it('keep a name that does not hold what changes', async () => {
      await add('cn=Ida Lind+sn=Lind', 'cn: Ida Lind', 'sn: Lind', 'uid: ilind');
      await scim.change(await idOf('ilind'), [set('userName', 'ida.lind')]);
      expect((await dnOf('(uid=ida.lind)')).split('+')).to.have.members(['cn=Ida Lind', 'sn=Lind']);
    });

    it('are called by the value that names them, whatever stands beside it', async () => {
      await add('uid=zoe', 'cn: Zoe Ek', 'sn: Ek', 'uid: alias.zoe', 'uid: zoe');
      const [found] = await scim.find('userName eq "zoe"');
      expect(found?.attributes['userName']).to.equal('zoe');
      await scim.change(found?.id ?? '', [set('title', 'Dr')]);
      expect(await dnOf('(title=Dr)')).to.equal('uid=zoe');
    });
  });
}

describe('entries named by others, on samba', () => {
  const server = directoryLab('samba');

  it('keep their common name when the user name changes', async () => {
    await server.lab.clear();
    const { people } = server.lab.flavour;
    const lines = ['objectClass: user', 'sAMAccountName: plund', 'userPrincipalName: plund@lab.example.com'];
    await server.lab.apply(`dn: CN=Pia Lund,${people}\n${lines.join('\n')}\n`);
    const backend = await openBackend(server.lab);
    const scim = verbs(backend);
    const [pia] = await scim.find('userName eq "plund@lab.example.com"');
    await scim.change(pia?.id ?? '', [set('userName', 'pia.lund@lab.example.com')]);
    const found = await server.lab.find(people, '(sAMAccountName=plund)', 'cn', 'userPrincipalName');
    expect(found).to.include('cn: Pia Lund').and.to.include('userPrincipalName: pia.lund@lab.example.com');
    await backend.close();
  });
});
