import { expect } from 'chai';
import { parseSchema } from '../../../../connector/backend/ldap/layout/schema.ts';
import { withSilentRules } from '../../../../connector/backend/ldap/layout/silent-rules.ts';

const RFC4517 = '1.3.6.1.4.1.1466.115.121.1';

/** As Active Directory writes them. */
const AD = [
  `( 1.2.840.113556.1.4.656 NAME 'userPrincipalName' SYNTAX '${RFC4517}.15' SINGLE-VALUE )`,
  `( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' SYNTAX '1.2.840.113556.1.4.905' SINGLE-VALUE )`,
  `( 1.3.6.1.1.1.1.0 NAME 'uidNumber' SYNTAX '${RFC4517}.27' SINGLE-VALUE )`,
  `( 1.2.840.113556.1.4.2 NAME 'whenChanged' SYNTAX '${RFC4517}.24' SINGLE-VALUE NO-USER-MODIFICATION )`,
  `( 1.3.6.1.1.1.1.3 NAME 'unixHomeDirectory' SYNTAX '${RFC4517}.26' SINGLE-VALUE )`,
  `( 2.5.4.31 NAME 'member' SYNTAX '${RFC4517}.12' )`,
  `( 1.2.840.113556.1.4.35 NAME 'photo' SYNTAX '${RFC4517}.40' )`,
];

const NAMED = `( 2.5.4.3 NAME 'cn' EQUALITY caseExactMatch SYNTAX ${RFC4517}.15 )`;
const SILENT = `( 1.1.2 NAME 'badge' SYNTAX ${RFC4517}.15 )`;

describe('attribute types that name no matching rule', () => {
  it('compare by their syntax where the server names none for any', () => {
    const schema = withSilentRules(parseSchema(AD), false);
    const equality = (name: string): string | undefined => schema.get(name)?.equality;
    expect(equality('userprincipalname')).to.equal('caseIgnoreMatch');
    expect(schema.get('userprincipalname')?.substrings).to.equal('caseIgnoreSubstringsMatch');
    expect(equality('samaccountname')).to.equal('caseIgnoreMatch');
    expect(schema.get('uidnumber')).to.include({ equality: 'integerMatch', ordering: 'integerOrderingMatch' });
    expect(schema.get('whenchanged')?.ordering).to.equal('generalizedTimeOrderingMatch');
    expect(equality('unixhomedirectory')).to.equal('caseExactMatch');
    expect(equality('member')).to.equal('distinguishedNameMatch');
    expect(equality('photo')).to.equal(undefined);
  });

  it('compare with nothing where the server names rules for others, unless it goes by the syntax', () => {
    const schema = parseSchema([NAMED, SILENT]);
    expect(withSilentRules(schema, false).get('badge')).not.to.have.property('equality');
    expect(withSilentRules(schema, true).get('badge')?.equality).to.equal('caseIgnoreMatch');
    expect(withSilentRules(schema, true).get('cn')?.equality).to.equal('caseExactMatch');
  });
});
