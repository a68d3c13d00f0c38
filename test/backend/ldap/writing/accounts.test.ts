import { expect } from 'chai';
import { openDirectory } from '../../../../connector/backend/ldap/connection/directory.ts';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import type { DeactivateOptions } from '../../../../connector/backend/ldap/settings/options.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend } from '../../../support/directories/ldap-backend.ts';
import { call, set, verbs } from '../../../support/directories/scim.ts';
import { serviceOptions } from '../../../support/directories/service-directory.ts';

/** 389 has a right of its own for moving entries, which the service account needs for this choice alone. */
const MAY_MOVE = `dn: ou=people,dc=example,dc=com
changetype: modify
add: aci
aci: (target_from="ldap:///uid=*,ou=people,dc=example,dc=com")(target_to="ldap:///ou=people,dc=example,dc=com")(version 3.0; acl "scim moves"; allow (moddn) userdn="ldap:///uid=scim,ou=services,dc=example,dc=com";)
`;

const FIRST = 'First-Secret.1';
const SECOND = 'Second-Secret.2';

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`ldap accounts on ${name}`, () => {
    const server = directoryLab(name);
    const domain = name === 'samba' ? '@lab.example.com' : '';
    let backend: LdapBackend;
    let scim: ReturnType<typeof verbs>;
    const open = async (deactivate?: DeactivateOptions): Promise<void> => {
      backend = await openBackend(server.lab, deactivate === undefined ? {} : { users: { deactivate } });
      scim = verbs(backend);
    };
    beforeEach(() => server.lab.clear());
    afterEach(() => backend?.close());

    /** Whether the directory itself lets the person in. */
    async function letsIn(userName: string, password: string): Promise<boolean> {
      const { people, naming } = server.lab.flavour;
      const directory = await openDirectory(serviceOptions(server.lab));
      try {
        return await directory.checkPassword(call.signal, `${naming}=${userName},${people}`, password);
      } finally {
        await directory.close();
      }
    }

    it('shuts a deactivated person out and lets a reactivated one in again', async () => {
      await open();
      const userName = `ann${domain}`;
      const { id } = await scim.user({ userName, active: true, password: FIRST });
      expect(await letsIn(userName, FIRST)).to.equal(true);
      const inactive = await scim.change(id, [set('active', false)]);
      expect(inactive.attributes['active']).to.equal(false);
      expect(await letsIn(userName, FIRST)).to.equal(false);
      const again = await scim.change(id, [set('active', true)]);
      expect(again.attributes['active']).to.equal(true);
      expect(await letsIn(userName, FIRST)).to.equal(true);
    });

    it('lets nobody in who was created inactive, password or not', async () => {
      await open();
      const { attributes } = await scim.user({ userName: `pending${domain}`, active: false, password: FIRST });
      expect(attributes['active']).to.equal(false);
      expect(await letsIn(`pending${domain}`, FIRST)).to.equal(false);
    });

    it('keeps an inactive person out when a password is pushed, and knows the password afterwards', async () => {
      await open();
      const userName = `ann${domain}`;
      const { id } = await scim.user({ userName, active: true, password: FIRST });
      await scim.change(id, [set('active', false)]);
      const pushed = await scim.change(id, [set('password', SECOND)]);
      expect(pushed.attributes['active']).to.equal(false);
      expect(await letsIn(userName, SECOND)).to.equal(false);
      await scim.change(id, [set('active', true)]);
      expect(await letsIn(userName, SECOND)).to.equal(true);
      expect(await letsIn(userName, FIRST)).to.equal(false);
    });

    it('deactivates and sets a password in one change, and the other way round', async () => {
      await open();
      const userName = `ann${domain}`;
      const { id } = await scim.user({ userName, active: true, password: FIRST });
      await scim.change(id, [set('password', SECOND), set('active', false)]);
      expect(await letsIn(userName, SECOND)).to.equal(false);
      await scim.change(id, [set('active', true), set('password', FIRST)]);
      expect(await letsIn(userName, FIRST)).to.equal(true);
    });

    it('finds exactly the active and exactly the inactive', async () => {
      await open();
      await scim.user({ userName: `on${domain}`, active: true, password: FIRST });
      await scim.user({ userName: `off${domain}`, active: false });
      const names = async (filter: string) => (await scim.find(filter)).map(({ attributes }) => attributes['userName']);
      expect(await names('active eq true')).to.deep.equal([`on${domain}`]);
      expect(await names('active eq false')).to.deep.equal([`off${domain}`]);
    });

    if (name !== '389ds') {
      it('answers a password that the policy refuses with the field, and changes nothing', async () => {
        await open();
        const userName = `ann${domain}`;
        const error = await refusal(scim.user({ userName, active: true, password: 'x' }), 'invalidValue');
        expect(error.message).to.contain('password').and.not.contain('"x"');
        expect(await scim.find('userName pr')).to.deep.equal([]);
        const { id } = await scim.user({ userName, active: true, password: FIRST });
        await refusal(scim.change(id, [set('password', 'x'), set('title', 'Boss')]), 'invalidValue');
        expect((await scim.get(id)).attributes).to.not.have.property('title');
        expect(await letsIn(userName, FIRST)).to.equal(true);
      });
    }

    const { people, groups } = { people: 'ou=people', groups: 'ou=groups' };
    const choices: readonly (readonly [string, (suffix: string) => DeactivateOptions])[] = [
      ['an attribute and its values', () => ({ set: { employeeType: 'gone' }, active: { employeeType: 'here' } })],
      ['membership of a group', (suffix) => ({ group: `cn=locked,${groups},${suffix}` })],
      ['another place in the tree', (suffix) => ({ move_to: `ou=left,${people},${suffix}` })],
    ];
    for (const [title, choice] of choices) {
      it(`reads, writes and filters the administrator's choice: ${title}`, async () => {
        const { suffix } = server.lab.flavour;
        if ('move_to' in (choice(suffix) as object)) {
          await server.lab.apply(`dn: ou=left,${people},${suffix}\nobjectClass: organizationalUnit\nou: left\n`);
          if (name === '389ds') await server.lab.apply(MAY_MOVE);
        }
        await open(choice(suffix));
        const on = await scim.user({ userName: `on${domain}`, active: true });
        const off = await scim.user({ userName: `off${domain}`, active: false });
        expect([on, off].map(({ attributes }) => attributes['active'])).to.deep.equal([true, false]);
        const team = await scim.group('team', on.id, off.id);
        const [toOff, toOn] = [
          await scim.change(on.id, [set('active', false)]),
          await scim.change(off.id, [set('active', true)]),
        ];
        expect([toOff.id, toOn.id]).to.deep.equal([on.id, off.id]);
        expect([toOff, toOn].map(({ attributes }) => attributes['active'])).to.deep.equal([false, true]);
        const found = async (filter: string) => (await scim.find(filter)).map(({ id }) => id);
        expect(await found('active eq false')).to.deep.equal([on.id]);
        expect(await found('active eq true')).to.deep.equal([off.id]);
        expect((await scim.get(team.id, 'Group')).attributes['members']).to.have.length(2);
      });
    }
  });
}

describe('ldap accounts', () => {
  const server = directoryLab('openldap');

  it('refuses to start where nothing says "inactive", and says what to choose', async () => {
    const error = await refusal(openBackend(server.lab, { ldap: { profile: 'generic' } }), 'invalidValue');
    expect(error.message).to.contain('users.deactivate').and.contain('move_to').and.contain('employeeType');
  });

  it('offers no active where the administrator wants none', async () => {
    await server.lab.clear();
    const backend = await openBackend(server.lab, { ldap: { profile: 'generic' }, users: { deactivate: 'none' } });
    const { attributes } = await verbs(backend).user({ userName: 'ann', active: false });
    await backend.close();
    expect(attributes).to.not.have.property('active');
  });
});
