import { expect } from 'chai';
import { LdapFailure } from '../../../../connector/backend/ldap/directory/ldap-failure.ts';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { type Interception, intercepted } from '../../../support/directories/intercepted.ts';
import { type More, openBackend, types } from '../../../support/directories/ldap-backend.ts';
import { set, verbs } from '../../../support/directories/scim.ts';

const NUMBERS = { ldap: 'uidNumber', direction: 'once', otherwise: ['{next:10000-10004}'] } as const;

/** Accounts for Linux, as docs/ldap.md has them. */
const POSIX: More = {
  users: {
    object_classes: ['top', 'person', 'organizationalPerson', 'inetOrgPerson', 'posixAccount'],
    map: {
      'ldap:uidNumber': NUMBERS,
      'ldap:gidNumber': { ldap: 'gidNumber', otherwise: ['100'] },
      'ldap:homeDirectory': { ldap: 'homeDirectory', direction: 'once', otherwise: ['/home/{userName:local}'] },
    },
  },
};

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`ldap values that have to be free on ${name}`, () => {
    const server = directoryLab(name);
    const domain = name === 'samba' ? '@lab.example.com' : '';
    const opened: LdapBackend[] = [];
    beforeEach(() => server.lab.clear());
    afterEach(async () => {
      for (const backend of opened.splice(0)) await backend.close();
    });

    async function open(more: More = {}, meet?: Interception): Promise<ReturnType<typeof verbs>> {
      const backend = await openBackend(server.lab, more, types, (directory) =>
        meet ? intercepted(directory, meet) : directory,
      );
      opened.push(backend);
      return verbs(backend);
    }
    /** The first adds of two connectors wait for each other: both have found the same values free. */
    async function two(more: More): Promise<readonly ReturnType<typeof verbs>[]> {
      let arrived = 0;
      const { promise: both, resolve } = Promise.withResolvers<void>();
      const meet: Interception = async (verb, write) => {
        if (verb === 'add') {
          arrived += 1;
          if (arrived === 2) resolve();
          await both;
        }
        return write();
      };
      return [await open(more, meet), await open(more, meet)];
    }
    async function values(attribute: string): Promise<readonly string[]> {
      const { people, groups } = server.lab.flavour;
      const found = [
        await server.lab.find(people, `(${attribute}=*)`, attribute),
        await server.lab.find(groups, `(${attribute}=*)`, attribute),
      ];
      const prefix = `${attribute.toLowerCase()}: `;
      const lines = found.join('\n').split('\n');
      return lines
        .filter((line) => line.toLowerCase().startsWith(prefix))
        .map((line) => line.slice(prefix.length))
        .sort();
    }
    const person = (userName: string) => ({
      userName: `${userName}${domain}`,
      active: true,
      password: 'Some-Secret.1',
    });

    if (name !== 'samba') {
      it('gives everybody a number of a range, also over two connectors at once, and says when none is left', async () => {
        const connectors = await two(POSIX);
        const rivals = ['a', 'b', 'c', 'd'].map((one, i) => connectors[i % 2]?.user(person(one)));
        await Promise.all(rivals);
        expect(await values('uidNumber')).to.have.length(4);
        expect(new Set(await values('uidNumber')).size).to.equal(4);
        const later = await open(POSIX);
        for (let left = 5 - 4; left > 0; left -= 1) await later.user(person(`e${left}`));
        expect(await values('uidNumber')).to.deep.equal(['10000', '10001', '10002', '10003', '10004']);
        const { message } = await refusal(later.user(person('f')), 'uniqueness');
        expect(message).to.equal(
          'uidNumber: no number from 10000 to 10004 is free; widen the range in users.map."ldap:uidNumber"',
        );
        const [gone] = await later.find('userName eq "b"');
        await later.remove(gone?.id ?? '');
        await later.user(person('g'));
        expect(new Set(await values('uidNumber')).size).to.equal(5);
      });

      it('goes on behind the numbers that others have given, and never changes one', async () => {
        const scim = await open(POSIX);
        const { id } = await scim.user(person('a'));
        await server.lab.apply(
          `dn: uid=a,${server.lab.flavour.people}\nchangetype: modify\nreplace: uidNumber\nuidNumber: 10003\n`,
        );
        const other = await open(POSIX);
        await other.user(person('b'));
        await scim.change(id, [set('userName', 'anna'), set('title', 'Boss')]);
        expect(await values('uidNumber')).to.deep.equal(['10003', '10004']);
      });

      it('makes a name unique that no rule of the directory guards, over two connectors at once', async () => {
        const more: More = {
          users: { map: { 'ldap:carLicense': { ldap: 'carLicense', otherwise: ['{name.formatted:lower:unique}'] } } },
        };
        const connectors = await two(more);
        const made = ['a', 'b', 'c', 'd'].map((one, i) =>
          connectors[i % 2]?.user({ ...person(one), name: { formatted: 'Ann Lee' } }),
        );
        await Promise.all(made);
        const found = await values('carLicense');
        expect(new Set(found).size, found.join()).to.equal(4);
        expect(found).to.include('ann lee2');
      });

      for (const done of [true, false])
        it(`finds its own choice again when the add was ${done ? '' : 'not '}done and no answer came`, async () => {
          let losses = 1;
          const scim = await open(POSIX, async (verb, write) => {
            if (verb !== 'add' || losses === 0) return write();
            losses -= 1;
            if (done) await write();
            throw new LdapFailure('the connection was lost', { outcomeUnknown: true });
          });
          await scim.user(person('a'));
          expect(losses).to.equal(0);
          expect(await values('uidNumber')).to.deep.equal([done ? '10000' : '10001']);
          expect(await scim.find('userName eq "a"')).to.have.length(1);
        });
    }

    if (name === 'samba') {
      it('finds a free account name for people of two domains, long names, and a group called like a person', async () => {
        const scim = await open();
        for (const userName of ['sales@lab.example.com', 'sales@b.example', 'maximiliana.schneider1@b.example'])
          await scim.user({ userName, active: true });
        await scim.user({ userName: 'maximiliana.schneider2@b.example', active: true });
        await scim.user({ userName: 'a"b;c.@b.example', active: true });
        await scim.group('sales');
        expect(await values('sAMAccountName')).to.deep.equal([
          'abc',
          'maximiliana.schneid2',
          'maximiliana.schneide',
          'sales',
          'sales2',
          'sales3',
        ]);
      });

      it('lets two connectors make people of one account name at once', async () => {
        const connectors = await two({});
        const made = ['x.example', 'y.example', 'z.example'].map((mail, i) =>
          connectors[i % 2]?.user({ userName: `info@${mail}`, active: true }),
        );
        await Promise.all(made);
        expect(await values('sAMAccountName')).to.deep.equal(['info', 'info2', 'info3']);
      });

      it('shortens the name of an entry, keeps it unique, and follows a new userName', async () => {
        const scim = await open();
        const long = (more: string) =>
          `${'firstname-middlename.lastname-doublebarrel.contractor.'.padEnd(70, 'x')}${more}@b.example`;
        const one = await scim.user({ userName: long('1'), active: true });
        await scim.user({ userName: long('2'), active: true });
        const names = await values('cn');
        expect(names.map((cn) => cn.length)).to.deep.equal([64, 64]);
        expect(new Set(names).size).to.equal(2);
        const renamed = await scim.change(one.id, [set('userName', 'short@b.example')]);
        expect(renamed.attributes['userName']).to.equal('short@b.example');
      });
    }
  });
}
