import { expect } from 'chai';
import { ldifOf } from '../../../../connector/backend/ldap/directory/ldif.ts';

const dn = 'uid=ann,dc=example';

describe('writes as LDIF', () => {
  it('names a password, whatever attribute it travels in, and shows none', () => {
    const values = ['Correct-Horse-7'];
    const add = ldifOf({ kind: 'add', dn, attributes: { uid: ['ann'], 'userPassword;x-a': values } });
    const modify = ldifOf({
      kind: 'modify',
      dn,
      modifications: [{ operation: 'replace', attribute: 'unicodePwd', values: [Buffer.from('Correct-Horse-7')] }],
    });
    expect(add).to.equal(`dn: ${dn}\nchangetype: add\nuid: ann\n# userPassword;x-a: (the password)`);
    expect(modify).to.equal(`dn: ${dn}\nchangetype: modify\n# replace: unicodePwd (the password)`);
  });

  it('shows what base64 would hide from people', () => {
    expect(
      ldifOf({ kind: 'add', dn, attributes: { cn: ['Änne'], sn: ['a\nb'] } })
        .split('\n')
        .slice(2),
    ).to.deep.equal([
      '# cn: Änne',
      `cn:: ${Buffer.from('Änne').toString('base64')}`,
      `sn:: ${Buffer.from('a\nb').toString('base64')}`,
    ]);
    expect(ldifOf({ kind: 'password', dn: 'uid=änne,dc=example' }).split('\n').slice(0, 2)).to.deep.equal([
      '# dn: uid=änne,dc=example',
      `# dn:: ${Buffer.from('uid=änne,dc=example').toString('base64')}`,
    ]);
  });

  it('shows the first of many values and how many there are', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => `uid=user${i},dc=example`);
    const text = ldifOf({ kind: 'modify', dn, modifications: [{ operation: 'add', attribute: 'member', values }] }, 20);
    expect(text.split('\n').slice(2)).to.deep.equal([
      'add: member',
      ...values.slice(0, 20).map((value) => `member: ${value}`),
      '# and 9980 more of 10000 values of member',
      '-',
    ]);
  });

  it('says where a rename leads', () => {
    const text = ldifOf({ kind: 'rename', dn, rdn: 'uid=ann', superior: 'ou=left,dc=example' });
    expect(text.split('\n').slice(2)).to.deep.equal([
      'newrdn: uid=ann',
      'deleteoldrdn: 1',
      'newsuperior: ou=left,dc=example',
    ]);
  });
});
