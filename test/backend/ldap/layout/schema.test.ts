import { expect } from 'chai';
import { parseSchema } from '../../../../connector/backend/ldap/layout/schema.ts';

describe('the schema of a directory', () => {
  it('reads matching rules from the schema, inherited ones too', () => {
    const schema = parseSchema([
      "( 2.5.4.41 NAME 'name' DESC 'RFC4519: common SUPERTYPE' EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3 )",
      "( 2.5.4.3 NAME ( 'cn' 'commonName' ) SUP name )",
      "( 1.2 NAME 'preferredLanguage' EQUALITY caseIgnoreMatch SYNTAX 1.3 SINGLE-VALUE )",
    ]);
    expect(schema.get('commonname')).to.deep.include({
      equality: 'caseIgnoreMatch',
      substrings: 'caseIgnoreSubstringsMatch',
    });
    expect(schema.get('preferredlanguage'))
      .to.include({ equality: 'caseIgnoreMatch' })
      .and.not.have.property('substrings');
  });
});
