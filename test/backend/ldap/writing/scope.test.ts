import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { type More, openBackend } from '../../../support/directories/ldap-backend.ts';
import { set, verbs } from '../../../support/directories/scim.ts';

/** docs/ldap.md, Who counts: nothing is written that the same request then refuses. */
for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`a filter of who counts, on ${name}`, () => {
    const server = directoryLab(name);
    let backend: LdapBackend;
    let scim: ReturnType<typeof verbs>;
    const classOf = (): string => server.lab.flavour.personClasses[0] ?? 'person';
    const groupClass = (): string => (name === 'samba' ? 'group' : (server.lab.flavour.groupClasses[0] ?? 'group'));
    const user = (local: string, more = {}) => ({
      userName: name === 'samba' ? `${local}@lab.example.com` : local,
      name: { familyName: 'Ek' },
      ...more,
    });
    const open = async (more: More): Promise<void> => {
      backend = await openBackend(server.lab, more);
      scim = verbs(backend);
    };
    const count = async (filter: string): Promise<number> =>
      (await server.lab.find(server.lab.flavour.suffix, filter, '1.1')).match(/^dn:/gm)?.length ?? 0;
    const staff = (): More => ({ users: { filter: `(&(objectClass=${classOf()})(employeeType=staff))` } });
    beforeEach(() => server.lab.clear());
    afterEach(() => backend?.close());

    it('is met by itself where it fixes a value', async () => {
      await open(staff());
      const ann = await scim.user(user('ann'));
      expect(ann.attributes['userType']).to.equal('staff');
      expect(await scim.find('userName pr')).to.have.length(1);
    });

    it('refuses a new entry that would not meet it, and names it; nothing is written', async () => {
      await open(staff());
      const { message } = await refusal(scim.user(user('ann', { userType: 'guest' })), 'invalidValue');
      expect(message).to.include('users.filter').and.to.include('(employeeType=staff)');
      expect(await count('(employeeType=guest)')).to.equal(0);
    });

    it('refuses a group outside of it', async () => {
      await open({ groups: { filter: `(&(objectClass=${groupClass()})(cn=okta-*))` } });
      const { message } = await refusal(scim.group('sales'), 'invalidValue');
      expect(message).to.include('groups.filter').and.to.include('(cn=okta-*)');
      expect(await count('(cn=sales)')).to.equal(0);
      expect((await scim.group('okta-sales')).attributes['displayName']).to.equal('okta-sales');
    });

    it('refuses a change that leads out of it, and changes nothing', async () => {
      await open(staff());
      const { id } = await scim.user(user('ann'));
      await refusal(scim.change(id, [set('userType', 'guest'), set('title', 'Dr')]), 'invalidValue');
      expect((await scim.get(id)).attributes)
        .to.include({ userType: 'staff' })
        .and.not.have.property('title');
    });

    it('takes back what the directory alone can tell is outside', async () => {
      const team = `cn=team,${server.lab.flavour.groups}`;
      await open({ users: { filter: `(&(objectClass=${classOf()})(memberOf=${team}))` } });
      await refusal(scim.user(user('ann')), 'invalidValue');
      expect(await count('(|(uid=ann)(userPrincipalName=ann@*))')).to.equal(0);
    });
  });
}
