import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend } from '../../../support/directories/ldap-backend.ts';
import { verbs } from '../../../support/directories/scim.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** As others have written it, and as Okta may send it. */
const OTHERS: readonly (readonly [stored: string, sent: readonly string[]])[] = [
  ['jose\u0301', ['jos\u00e9', 'JOSE\u0301', 'jos\u00e9\u00a0', 'jo\u200bs\u00e9']],
  ['two  blanks', ['two blanks', 'TWO\u00a0blanks', '\uff54wo blanks']],
  ['wide \uff41', ['wide \uff41', 'WIDE  \uff21']],
  ['in\u00advisible', ['in\u00advisible', 'IN\u00adVISIBLE']],
  ['\u00c5sa', ['\u00e5sa', 'a\u030asa', '\u212bsa']],
];

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`names that others have written, on ${name}`, () => {
    const server = directoryLab(name);
    let backend: LdapBackend;
    before(async () => {
      backend = await openBackend(server.lab);
      const { groups, groupClasses, admin } = server.lab.flavour;
      for (const [stored] of OTHERS) {
        const classes = groupClasses.map((one) => `objectClass: ${one}\n`).join('');
        const member = name === 'samba' ? '' : `member: ${admin.dn}\n`;
        await server.lab.apply(`dn:: ${base64(`cn=${stored},${groups}`)}\n${classes}cn:: ${base64(stored)}\n${member}`);
      }
    });
    after(() => backend?.close());

    for (const [stored, sent] of OTHERS) {
      it(`finds ${JSON.stringify(stored)} by what is refused because of it`, async () => {
        const scim = verbs(backend);
        for (const one of sent) {
          const found = await scim.find(`displayName eq ${JSON.stringify(one)}`, 'Group');
          expect(found.map(({ attributes }) => attributes['displayName'])).to.deep.equal([stored]);
          await refusal(scim.group(one), 'uniqueness');
        }
      });
    }

    if (name === 'openldap') {
      it('finds İ by i, which the server takes for the same', async () => {
        const scim = verbs(backend);
        const { id } = await scim.user({ userName: '\u0130brahim', name: { familyName: 'A' } });
        await refusal(scim.user({ userName: 'ibrahim', name: { familyName: 'B' } }), 'uniqueness');
        expect((await scim.find('userName eq "ibrahim"')).map((one) => one.id)).to.deep.equal([id]);
      });
    }
  });
}
