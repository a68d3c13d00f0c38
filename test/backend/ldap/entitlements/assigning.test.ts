import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import type { Resource } from '../../../../connector/scim/resource.ts';
import type { ResourceTypes } from '../../../../connector/scim/schema/resource-type.ts';
import type { Service } from '../../../../connector/service/service.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend } from '../../../support/directories/ldap-backend.ts';
import { rejection } from '../../../support/rejection.ts';
import { call, draft, has, kindsIn, schemaOf, serviceOf } from './entitled-directory.ts';

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`assigning entitlements in a directory (${name})`, () => {
    const server = directoryLab(name);
    const domain = name === 'samba' ? '@lab.example.com' : '';
    let backend: LdapBackend;
    let types: ResourceTypes;
    let service: Service;
    let groups: Record<string, string>;
    let ana: Resource;
    beforeEach(async () => {
      await server.lab.clear();
      const kinds = kindsIn(server.lab.flavour.groups);
      types = schemaOf(kinds);
      backend = await openBackend(server.lab, { entitlements: kinds }, types);
      service = serviceOf(backend, kinds);
      groups = {};
      for (const displayName of ['lic-e3', 'lic-f1', 'staff'])
        groups[displayName] = (await backend.create(call, types.Group, { displayName })).id;
      ana = (await service.create(call, types.User, draft({ userName: `ana${domain}`, active: true }))).resource;
    });
    afterEach(() => backend?.close());

    const put = async (attributes: object, cleared?: Parameters<typeof draft>[1]): Promise<Resource> => {
      const sent = draft({ userName: `ana${domain}`, ...attributes }, cleared);
      return (await service.replace(call, types.User, ana.id, sent)).resource;
    };
    const license = (cn: string): object => ({ value: groups[cn], type: 'License' });
    const shown = (cn: string): string => `License ${groups[cn]} ${cn}`;

    it('is membership of a group, or a value of the person', async () => {
      const changed = await put({
        entitlements: [license('lic-e3'), { value: 'a1', type: 'Seat' }],
        roles: [],
      });
      expect(has(changed)).to.deep.equal([shown('lic-e3'), 'Seat a1 Window']);
      expect(has(await service.get(call, types.User, ana.id))).to.deep.equal(has(changed));
      const listed = await service.list(call, types.User, { offset: 0, limit: 10 });
      expect(listed.resources.map(has)).to.deep.equal([has(changed)]);
      const group = await backend.get(call, types.Group, groups['lic-e3'] ?? '');
      expect(group.attributes['members']).to.containSubset([{ value: ana.id }]);
    });

    it('takes the full list for all of it, and is left alone where nothing is said', async () => {
      await put({ entitlements: [license('lic-e3'), { value: 'a1', type: 'Seat' }] });
      const same = await put({ title: 'Dr' });
      expect(has(same)).to.deep.equal([shown('lic-e3'), 'Seat a1 Window']);
      const again = await put(same.attributes);
      expect(again.meta).to.deep.equal(same.meta);
      expect(has(await put({ entitlements: [license('lic-f1'), { value: 'b2', type: 'Seat' }] }))).to.deep.equal([
        shown('lic-f1'),
        'Seat b2 Aisle',
      ]);
      expect(has(await put({}, [{ attribute: 'entitlements' }]))).to.deep.equal([]);
      expect((await backend.get(call, types.Group, groups['lic-f1'] ?? '')).attributes).to.not.have.property('members');
    });

    it('refuses a group that is none of them, and a value that nobody has', async () => {
      const staff = await rejection(put({ entitlements: [license('staff')] }));
      expect(staff.message).to.match(/^entitlements: there is no License "/);
      const role = await rejection(put({ roles: [{ value: 'boss' }] }));
      expect(role.message).to.match(/^roles: there is no Role "boss"/);
      expect(has(await service.get(call, types.User, ana.id))).to.deep.equal([]);
    });

    it('is there from the beginning for somebody new, and gone with him', async () => {
      const entitlements = [license('lic-e3'), { value: 'b2', type: 'Seat' }];
      const sent = draft({ userName: `per${domain}`, entitlements } as never);
      const { resource } = await service.create(call, types.User, sent);
      expect(has(resource)).to.deep.equal([shown('lic-e3'), 'Seat b2 Aisle']);
      await service.delete(call, types.User, resource.id);
      expect((await backend.get(call, types.Group, groups['lic-e3'] ?? '')).attributes).to.not.have.property('members');
    });

    it('leaves values alone that are not of the list', async () => {
      const { people, naming } = server.lab.flavour;
      const dn = `${naming}=ana${domain},${people}`;
      await server.lab.apply(`dn: ${dn}\nchangetype: modify\nadd: carLicense\ncarLicense: B-XY 1\n`);
      expect(has(await put({ entitlements: [{ value: 'a1', type: 'Seat' }] }))).to.deep.equal(['Seat a1 Window']);
      expect(has(await put({ entitlements: [{ value: 'b2', type: 'Seat' }] }))).to.deep.equal(['Seat b2 Aisle']);
      expect(has(await put({}, [{ attribute: 'entitlements' }]))).to.deep.equal([]);
      const text = await server.lab.find(dn, '(objectClass=*)', 'carLicense');
      expect(text.match(/carLicense: .*/g)).to.deep.equal(['carLicense: B-XY 1']);
    });

    if (name !== 'samba')
      it('moves lastModified of the person with a group', async () => {
        const before = await service.get(call, types.User, ana.id);
        // Directories date in whole seconds.
        await pause(1_100);
        const changed = await put({ entitlements: [license('lic-e3')] });
        expect(changed.meta.lastModified > before.meta.lastModified).to.equal(true);
        await pause(1_100);
        const less = await put({}, [{ attribute: 'entitlements' }]);
        expect(less.meta.lastModified > changed.meta.lastModified).to.equal(true);
      });
  });
}
