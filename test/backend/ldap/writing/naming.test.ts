import { expect } from 'chai';
import fc from 'fast-check';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { ScimError } from '../../../../connector/scim/error.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend } from '../../../support/directories/ldap-backend.ts';
import { memberIds, set, verbs } from '../../../support/directories/scim.ts';

/** Everything that a DN, a filter or LDIF could take for its own. */
const NASTY = [
  'Smith, John',
  'a+b=c',
  '"quoted"',
  'back\\slash\\',
  'ends with \\',
  '#first',
  ' leads',
  'trails ',
  'a;b<c>d',
  '*)(uid=*',
  'a\\2cb',
  'Ünïcödé 漢字',
  '-',
] as const;

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`ldap naming on ${name}`, () => {
    const server = directoryLab(name);
    let backend: LdapBackend;
    let scim: ReturnType<typeof verbs>;
    before(async () => {
      backend = await openBackend(server.lab);
      scim = verbs(backend);
    });
    after(() => backend?.close());

    /** The id stays. 389's attribute uniqueness plug-in cannot rename some names; that must be said, and undone. */
    async function rename(id: string, to: string): Promise<void> {
      const before = await scim.get(id, 'Group');
      try {
        expect((await scim.change(id, [set('displayName', to)], 'Group')).attributes['displayName']).to.contain(
          to.trim(),
        );
      } catch (error) {
        const known = name === '389ds' && error instanceof ScimError && error.message.includes('uniqueness plug-in');
        if (!known) throw error;
        expect(await scim.get(id, 'Group')).to.deep.equal(before);
      }
    }

    if (name === 'openldap')
      it('quotes a taken name so that the log can leave it out', async () => {
        // Not a group, so that only the directory knows of it.
        const { groups } = server.lab.flavour;
        await server.lab.apply(`dn: cn=a\\22b,${groups}\nobjectClass: organizationalRole\ncn: a"b\n`);
        const { message } = await refusal(scim.group('a"b'), 'uniqueness');
        expect(message).to.equal(`displayName (cn) "a'b" is already in use by another entry`);
      });

    for (const value of NASTY) {
      it(`makes, finds, joins, renames and deletes a group called ${JSON.stringify(value)}`, async () => {
        const inner = await scim.group(`inner of ${value}`);
        const { id, attributes } = await scim.group(value, inner.id);
        // LDAP does not count blanks at the ends; no other character may change.
        expect(String(attributes['displayName']).trim()).to.equal(value.trim());
        const wanted = JSON.stringify(String(attributes['displayName']));
        expect((await scim.find(`displayName eq ${wanted}`, 'Group')).map((one) => one.id)).to.deep.equal([id]);
        await rename(inner.id, `core of ${value}`);
        expect(memberIds(await scim.get(id, 'Group'))).to.deep.equal([inner.id]);
        await rename(id, `new ${value}`);
        await scim.remove(inner.id, 'Group');
        expect((await scim.get(id, 'Group')).attributes).to.not.have.property('members');
        await scim.remove(id, 'Group');
      });
    }

    it('names a person by any printable ASCII', async () => {
      const ascii = fc
        .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 })
        .filter((text) => text.trim() === text && !/ {2}/.test(text));
      let run = 0;
      await fc.assert(
        fc.asyncProperty(ascii, async (text) => {
          run += 1;
          // Active Directory derives a sAMAccountName from what stands before the "@".
          const userName = name === 'samba' ? `u${run}@${text.replaceAll('@', '')}.x` : `${run}${text}`;
          const { id, attributes } = await scim.user({ userName, active: true });
          expect(attributes['userName']).to.equal(userName);
          expect((await scim.find(`userName eq ${JSON.stringify(userName)}`)).map((one) => one.id)).to.deep.equal([id]);
          await scim.remove(id);
        }),
        { numRuns: 40 },
      );
    });

    it('refuses a NUL, and a name that is empty', async () => {
      expect((await refusal(scim.group('a\0b'), 'invalidValue')).message).to.contain('NUL');
      await refusal(scim.group(' '), 'invalidValue');
      expect(await scim.find('displayName pr', 'Group')).to.deep.equal([]);
    });

    it('gives back non-ASCII in every other attribute as it came', async () => {
      const userName = name === 'samba' ? 'zoe@lab.example.com' : 'zoe';
      const title = '漢字 😀 – „Ünïcödé“, x=1 + y \\ #';
      const { id } = await scim.user({
        userName,
        active: true,
        title,
        name: { familyName: 'Zoë,', givenName: '#Zoë' },
      });
      const { attributes } = await scim.get(id);
      expect(attributes['title']).to.equal(title);
      expect(attributes['name']).to.include({ familyName: 'Zoë,', givenName: '#Zoë' });
      expect((await scim.find('title co "漢字 😀"')).map((one) => one.id)).to.deep.equal([id]);
    });
  });
}
