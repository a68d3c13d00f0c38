import { expect } from 'chai';
import { complaints } from '../../../../connector/backend/ldap/settings/complaints.ts';
import type { LdapApp } from '../../../../connector/backend/ldap/settings/options.ts';

describe('settings of a directory that do not go together', () => {
  const told = (map: object): readonly string[] => {
    const ldap = { urls: ['ldaps://ldap.example'], bind_dn: 'cn=scim', password: 'x' };
    const app = {
      name: 'hr',
      ldap,
      users: { base: 'ou=people', custom: [], map },
      groups: { custom: [] },
      entitlements: [],
    };
    return [...complaints(app as unknown as LdapApp)].map(({ path, text }) => `${path.join('.')}: ${text}`);
  };

  it('name a secret that is mapped like any attribute, however it is spelled', () => {
    const map = {
      title: 'userPassword',
      nickName: { ldap: 'UserPassword;x-old', direction: 'write' },
      'custom.pin': '2.5.4.35',
      displayName: 'cn',
      locale: 'pwdReset',
    };
    const secrets = told(map);
    expect(secrets.map((text) => text.split(':')[0])).to.deep.equal([
      'apps.hr.users.map.title',
      'apps.hr.users.map.nickName',
      'apps.hr.users.map.custom.pin',
    ]);
    expect(secrets[0]).to.contain('userPassword holds a secret').and.to.contain('take the line away');
  });
});
