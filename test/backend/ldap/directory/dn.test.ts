import { expect } from 'chai';
import fc from 'fast-check';
import {
  formatRdn,
  isWithin,
  namingOf,
  normalDn,
  parentOf,
  parseDn,
  rdnText,
} from '../../../../connector/backend/ldap/directory/dn.ts';
import { ScimError } from '../../../../connector/scim/error.ts';

describe('ldap DN', () => {
  it('reads back every value that it writes', () => {
    const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(value, value, (first, second) => {
        const rdn = formatRdn({ attribute: 'cn', value: first });
        const dn = `${rdn},${formatRdn({ attribute: 'ou', value: second })},dc=x`;
        expect(namingOf(dn)).to.deep.equal({ attribute: 'cn', value: first });
        expect(parseDn(dn)[1]).to.deep.equal([{ attribute: 'ou', value: second }]);
        expect(rdnText(dn)).to.equal(rdn);
        expect(parentOf(parentOf(dn))).to.equal('dc=x');
      }),
    );
  });

  it('takes the spellings of one DN for one', () => {
    const same = [
      ['cn=Smith\\, John,ou=People,dc=x', 'CN=smith\\2c john, OU=people, DC=x'],
      ['cn=Smith\\, John,dc=x', 'cn="Smith, John",dc=x'],
      ['cn=a  b,dc=x', 'cn=A b,dc=x'],
      ['cn=a+uid=b,dc=x', 'uid=B+cn=a,dc=x'],
      ['cn=\\c3\\bc,dc=x', 'cn=Ü,dc=x'],
      ['cn=#x,dc=x', 'cn=\\23x,dc=x'],
    ];
    for (const [a = '', b = ''] of same) expect(normalDn(a), a).to.equal(normalDn(b));
    expect(normalDn('cn=a\\,b,dc=x')).to.not.equal(normalDn('cn=a,b=,dc=x'));
  });

  it('knows what lies below what', () => {
    expect(isWithin('uid=a,ou=people,dc=x', 'OU=People, dc=x')).to.equal(true);
    expect(isWithin('ou=people,dc=x', 'ou=people,dc=x')).to.equal(true);
    expect(isWithin('uid=a,ou=otherpeople,dc=x', 'ou=people,dc=x')).to.equal(false);
    expect(isWithin('uid=a\\,ou=people,dc=x', 'ou=people,dc=x')).to.equal(false);
  });

  it('refuses what cannot name an entry', () => {
    for (const value of ['', 'a\0b']) expect(() => formatRdn({ attribute: 'cn', value })).to.throw(ScimError);
    expect(() => parseDn('no name')).to.throw(ScimError, 'distinguished name');
  });
});
