import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import type { Attributes } from '../../../../connector/scim/resource.ts';
import { guardedService } from '../../../../connector/service/assemble-service.ts';
import { defaultPolicy } from '../../../../connector/service/policy.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { type More, openBackend, types } from '../../../support/directories/ldap-backend.ts';
import { call, verbs } from '../../../support/directories/scim.ts';

/** All that Okta's agent can say of addresses and numbers. */
const pushed = (userName: string, secondary: string, mobile: string, formatted = 'Tim Ek'): Attributes => ({
  userName,
  active: true,
  name: { formatted, familyName: 'Ek' },
  emails: [
    { value: 'tek@corp.example', primary: true, type: 'primary' },
    { value: secondary, type: 'secondary' },
  ],
  phoneNumbers: [{ value: mobile, primary: true, type: 'mobile' }],
});

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`what others keep in the entries of ${name}`, () => {
    const server = directoryLab(name);
    const userName = name === 'samba' ? 'tek@lab.example.com' : 'tek';
    let backend: LdapBackend;
    let id: string;
    beforeEach(() => server.lab.clear());
    afterEach(() => backend?.close());

    async function make(more: More = {}): Promise<void> {
      backend = await openBackend(server.lab, more);
      ({ id } = await verbs(backend).user(pushed(userName, 'old@corp.example', '+46 70 500')));
    }
    const { people, naming } = {
      people: name === 'samba' ? 'ou=people,DC=lab,DC=example,DC=com' : 'ou=people,dc=example,dc=com',
      naming: name === 'samba' ? 'CN' : 'uid',
    };
    const dn = `${naming}=${userName},${people}`;
    const others = (...lines: readonly string[]): Promise<void> =>
      server.lab.apply(`dn: ${dn}\nchangetype: modify\n${lines.map((line) => `${line}\n`).join('')}`);
    const add = (attribute: string, ...values: readonly string[]): readonly string[] => [
      `add: ${attribute}`,
      ...values.map((value) => `${attribute}: ${value}`),
      '-',
    ];
    const push = async (attributes: Attributes): Promise<Attributes> => {
      const draft = { attributes, cleared: [], ignored: [] };
      const service = guardedService(backend, defaultPolicy);
      return (await service.replace(call, types.User, id, draft)).resource.attributes;
    };
    const kept = async (attribute: string): Promise<readonly string[]> =>
      (await server.lab.find(dn, '(objectClass=*)', attribute))
        .split('\n')
        .filter((line) => line.toLowerCase().startsWith(`${attribute.toLowerCase()}: `))
        .map((line) => line.slice(attribute.length + 2));

    it('stays through pushes of everything that Okta knows, and what is shown is what was pushed', async () => {
      await make();
      const aliases = name === 'samba' ? 'otherMailbox' : 'mail';
      await others(
        ...add(aliases, 'sales@corp.example', 'info@corp.example'),
        ...add('telephoneNumber', '+46 8 100'),
        ...add('homePhone', '+46 8 200'),
        ...add('facsimileTelephoneNumber', '+46 8 300'),
        ...(name === 'samba' ? [] : [...add('mobile', '+46 70 999'), ...add('cn', 'Timmy')]),
      );
      for (const n of [1, 2]) {
        const shown = await push(pushed(userName, `new${n}@corp.example`, `+46 70 50${n}`, `Tim Ek ${n}`));
        expect((shown['emails'] as Attributes[]).slice(0, 2), `push ${n}`).to.deep.equal([
          { value: 'tek@corp.example', primary: true, type: 'primary' },
          { value: `new${n}@corp.example`, type: 'secondary' },
        ]);
        expect(shown['phoneNumbers']).to.deep.include({ value: `+46 70 50${n}`, type: 'mobile' });
        expect(shown['name']).to.include({ formatted: `Tim Ek ${n}` });
      }
      const own = name === 'samba' ? [] : ['tek@corp.example'];
      expect(await kept(aliases)).to.have.members([
        ...own,
        'new2@corp.example',
        'sales@corp.example',
        'info@corp.example',
      ]);
      expect(await kept('telephoneNumber')).to.deep.equal(['+46 8 100']);
      expect(await kept('homePhone')).to.deep.equal(['+46 8 200']);
      expect(await kept('facsimileTelephoneNumber')).to.deep.equal(['+46 8 300']);
      if (name !== 'samba') expect(await kept('mobile')).to.have.members(['+46 70 502', '+46 70 999']);
      if (name !== 'samba') expect(await kept('cn')).to.have.members(['Tim Ek 2', 'Timmy']);
    });

    it('is not doubled when Okta takes over a value of theirs in another spelling', async () => {
      await make();
      const aliases = name === 'samba' ? 'otherMailbox' : 'mail';
      await others(...add(aliases, 'sales@corp.example'));
      await push(pushed(userName, 'Sales@Corp.example', '+46 70 500'));
      expect((await kept(aliases)).filter((value) => /sales/i.test(value))).to.deep.equal(['Sales@Corp.example']);
    });

    if (name !== 'samba') {
      it('finds its own values under labels that Okta does not know', async () => {
        await make({ users: { map: { emails: { ldap: 'mail', labels: ['work', 'home', 'other'] } } } });
        await others(...add('mail', 'sales@corp.example'));
        for (const n of [1, 2]) {
          const shown = await push(pushed(userName, `new${n}@corp.example`, '+46 70 500'));
          expect(shown['emails']).to.deep.equal([
            { value: 'tek@corp.example', type: 'work', primary: true },
            { value: `new${n}@corp.example`, type: 'home' },
            { value: 'sales@corp.example', type: 'other' },
          ]);
        }
      });

      it('stays beside values with a prefix, and beside the mapped part of an address', async () => {
        await make({
          users: {
            map: { nickName: { ldap: 'carLicense', prefix: 'nick:' }, roles: { ldap: 'description', prefix: 'r:' } },
          },
        });
        await others(...add('carLicense', 'B-X 1'), ...add('description', 'by hand'), ...add('street', 'A 1', 'B 2'));
        const more = {
          nickName: 'timmy',
          roles: [{ value: 'admin' }],
          addresses: [{ type: 'work', locality: 'Lund', streetAddress: 'C 3' }],
        };
        await push({ ...pushed(userName, 'old@corp.example', '+46 70 500'), ...more });
        expect(await kept('carLicense')).to.have.members(['nick:timmy', 'B-X 1']);
        expect(await kept('description')).to.have.members(['r:admin', 'by hand']);
        expect(await kept('street')).to.deep.equal(['C 3', 'B 2']);
      });
    }
  });
}
