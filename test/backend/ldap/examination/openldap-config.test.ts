import { expect } from 'chai';
import { onDatabase } from '../../../../connector/backend/ldap/examination/openldap-config.ts';

describe('commands on the configuration of OpenLDAP', () => {
  it('find the database whatever its suffix holds', () => {
    const [line] = onDatabase("o=O'Neill (a*b),c=de", 'add: olcDbIndex');
    expect(line).to.contain(String.raw`'(olcSuffix=o=O'\''Neill \28a\2ab\29,c=de)' dn`);
  });
});
