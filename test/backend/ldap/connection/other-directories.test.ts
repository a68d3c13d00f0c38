import { expect } from 'chai';
import { EqualityFilter } from 'ldapts';
import type { Directory, Entry } from '../../../../connector/backend/ldap/directory/session.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { peopleLdif } from '../../../support/directories/people.ts';
import { patient, serviceOptions, withDirectory } from '../../../support/directories/service-directory.ts';
import { failureOf } from './mock.ts';

const PEOPLE = 700;

const unicodePassword = (password: string): Buffer => Buffer.from(`"${password}"`, 'utf16le');

for (const name of ['389ds', 'samba'] as const) {
  describe(`directory connections to ${name}`, () => {
    const suite = directoryLab(name);
    const isAd = name === 'samba';

    before(() => suite.lab.load(peopleLdif(suite.lab.flavour, PEOPLE)));

    const everyone = () => ({
      base: suite.lab.flavour.people,
      scope: 'one' as const,
      filter: new EqualityFilter({ attribute: 'objectClass', value: isAd ? 'user' : 'inetOrgPerson' }),
      attributes: ['mail'],
    });
    const read = (directory: Directory, dn: string, ...attributes: string[]): Promise<readonly Entry[]> =>
      directory.read(patient(), (session) => session.search({ ...everyone(), base: dn, scope: 'base', attributes }));

    it('reads everybody, on a shared connection and page by page', () =>
      withDirectory(serviceOptions(suite.lab), async (directory) => {
        const shared = await Promise.all(
          [1, 2, 3].map(() => directory.read(patient(), (session) => session.search(everyone()))),
        );
        expect(shared.map((entries) => entries.length)).to.deep.equal([PEOPLE, PEOPLE, PEOPLE]);
        const sizes = await directory.cursor(patient(), async (session) => {
          const seen: number[] = [];
          for await (const page of session.pages(everyone(), 300)) seen.push(page.length);
          return seen;
        });
        expect(sizes.reduce((sum, size) => sum + size)).to.equal(PEOPLE);
      }));

    it('the service account creates, changes, groups, renames and deletes people, and sets passwords', () =>
      withDirectory(serviceOptions(suite.lab), async (directory) => {
        const { naming, people, groups, personClasses, groupClasses } = suite.lab.flavour;
        const dn = `${naming}=zoe,${people}`;
        const renamed = `${naming}=zoe2,${people}`;
        const group = `cn=everyone,${groups}`;
        const own = isAd
          ? { sAMAccountName: ['zoe'], unicodePwd: [unicodePassword('Str0ng-word')], userAccountControl: ['512'] }
          : { uid: ['zoe'], cn: ['Zoë'], userPassword: ['Str0ng-word'] };
        const disabled = isAd
          ? { operation: 'replace', attribute: 'userAccountControl', values: ['514'] }
          : { operation: 'replace', attribute: 'nsAccountLock', values: ['true'] };
        await directory.write(patient(), async (session) => {
          await session.add(dn, { objectClass: personClasses, sn: ['Zoë'], ...own });
          await session.add(group, { objectClass: groupClasses, member: [dn] });
        });
        expect(await directory.checkPassword(patient(), dn, 'Str0ng-word')).to.equal(true);
        expect(await directory.checkPassword(patient(), dn, 'wrong')).to.equal(false);
        await directory.write(patient(), async (session) => {
          if (!isAd) await session.setPassword(dn, 'An0ther-word');
          await session.modify(dn, [disabled as { operation: 'replace'; attribute: string; values: string[] }]);
          await session.rename(dn, `${naming}=zoe2`);
        });
        expect(await directory.checkPassword(patient(), renamed, isAd ? 'Str0ng-word' : 'An0ther-word')).to.equal(
          false,
        );
        const [entry] = await directory.read(patient(), (session) =>
          session.search({
            ...everyone(),
            base: group,
            scope: 'base',
            filter: new EqualityFilter({ attribute: 'cn', value: 'everyone' }),
            attributes: ['member'],
          }),
        );
        expect(String(entry?.attributes.get('member')).toLowerCase()).to.equal(renamed.toLowerCase());
        await directory.write(patient(), async (session) => {
          await session.delete(group);
          await session.delete(renamed);
        });
      }));

    it('the service account may not write elsewhere', () =>
      withDirectory(serviceOptions(suite.lab), async (directory) => {
        const { suffix, service } = suite.lab.flavour;
        const unit = directory.write(patient(), (session) =>
          session.add(`ou=elsewhere,${suffix}`, { objectClass: ['organizationalUnit'] }),
        );
        expect((await failureOf(unit)).code).to.equal(50);
        const own = directory.write(patient(), (session) =>
          session.modify(service.dn, [{ operation: 'replace', attribute: 'description', values: ['x'] }]),
        );
        expect((await failureOf(own)).code).to.equal(50);
      }));

    it('says what it is in its root DSE', () =>
      withDirectory(serviceOptions(suite.lab), async (directory) => {
        const root = await directory.rootDse(patient());
        if (isAd) expect(root.get('supportedcapabilities')).to.include('1.2.840.113556.1.4.800');
        else expect(root.get('vendorname')).to.deep.equal(['389 Project']);
      }));

    it('reads survive kill -9 and a restart', async () => {
      const options = serviceOptions(suite.lab, { backOff: { first: 50, longest: 100 } });
      await withDirectory(options, async (directory) => {
        const [person] = await directory.read(patient(), (session) => session.search(everyone()));
        await suite.lab.kill();
        await failureOf(read(directory, person?.dn ?? '', 'mail'));
        await suite.lab.start();
        expect(await read(directory, person?.dn ?? '', 'mail')).to.have.length(1);
      });
    });
  });
}
