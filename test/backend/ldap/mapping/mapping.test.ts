import { expect } from 'chai';
import { PROFILES } from '../../../../connector/backend/ldap/layout/profiles.ts';
import { compileTable } from '../../../../connector/backend/ldap/mapping/attribute-mapping.ts';
import { desiredValues } from '../../../../connector/backend/ldap/mapping/desired-values.ts';
import { difference } from '../../../../connector/backend/ldap/mapping/entry-difference.ts';
import { decodeEntry } from '../../../../connector/backend/ldap/mapping/entry-to-resource.ts';
import type { MapOptions } from '../../../../connector/backend/ldap/settings/options.ts';
import { ScimError } from '../../../../connector/scim/error.ts';
import type { Attributes } from '../../../../connector/scim/resource.ts';
import { types } from '../../../support/directories/ldap-backend.ts';

const inet = (own: MapOptions = {}) => compileTable(types.User, PROFILES.openldap.users.map, own, 'users.map');

/** What comes back after it was written. */
function roundTrip(table: ReturnType<typeof inet>, attributes: Attributes): Attributes {
  const desired = desiredValues(table, attributes, () => true);
  return decodeEntry(table, {
    dn: 'uid=x',
    attributes: new Map(desired.flatMap(({ key, values }) => (values.length ? [[key, values]] : []))),
  });
}

/** The payload that Okta sends (docs/okta-agent.md, Users). */
const OKTA: Attributes = {
  userName: 'user@example.com',
  name: { formatted: 'First Last', givenName: 'First', familyName: 'Last' },
  emails: [
    { value: 'user@example.com', primary: true, type: 'primary' },
    { value: 'other@example.com', type: 'secondary' },
  ],
  phoneNumbers: [{ value: '+46 70 000 00 00', type: 'mobile' }],
};

describe('ldap mapping', () => {
  it('gives Okta back what it sends, without a line of configuration', () => {
    expect(roundTrip(inet(), OKTA)).to.deep.equal(OKTA);
    const ad = compileTable(types.User, PROFILES['active-directory'].users.map, {}, 'users.map');
    expect(roundTrip(ad, OKTA)).to.deep.equal({ ...OKTA, displayName: 'First Last' });
  });

  it('fills in what the schema demands and shows no stand-in', () => {
    const written = desiredValues(inet(), { userName: 'ann' }, () => true).filter(({ values }) => values.length > 0);
    expect(written.map(({ ldap, values }) => [ldap, ...values])).to.have.deep.members([
      ['uid', 'ann'],
      ['cn', 'ann'],
      ['sn', '-'],
    ]);
    expect(roundTrip(inet(), { userName: 'ann' })).to.deep.equal({ userName: 'ann', name: { formatted: 'ann' } });
  });

  it('obeys the rows of the operator: syntax, prefix, case, direction, and no row', () => {
    const table = inet({
      'custom.vip': { ldap: 'businessCategory', syntax: 'boolean' },
      title: '',
      nickName: { ldap: 'carLicense', prefix: 'nick:', lower: true },
      userType: { ldap: 'employeeType', direction: 'read' },
    });
    const urn = types.User.extensions.find(({ open }) => open)?.urn ?? '';
    const written = desiredValues(
      table,
      { userName: 'a', title: 'x', nickName: 'ANN', userType: 'y', [urn]: { vip: true } },
      () => true,
    );
    const values = Object.fromEntries(written.map((one) => [one.ldap, one.values]));
    expect(values).to.include.keys('uid').and.not.include.keys('title', 'employeeType');
    expect([values['carLicense'], values['businessCategory']]).to.deep.equal([['nick:ann'], ['TRUE']]);
    expect(roundTrip(table, { userName: 'a', nickName: 'ANN', [urn]: { vip: true } })).to.deep.include({
      nickName: 'ann',
      [urn]: { vip: true },
    });
  });

  it('names the line of the configuration that is wrong', () => {
    for (const path of ['nonsense', 'name', 'name.nonsense', 'custom', 'urn:x:y:z']) {
      expect(() => inet({ [path]: 'x' }), path).to.throw(ScimError, `users.map."${path}"`);
    }
  });

  it('changes only what is SCIM’s in an attribute that others use as well', () => {
    const table = inet();
    const entry = {
      dn: 'uid=ann,dc=x',
      attributes: new Map([
        ['uid', ['ann']],
        ['cn', ['Ann Lee', 'Annie']],
        ['title', ['a', 'b']],
      ]),
    };
    const desired = desiredValues(
      table,
      { userName: 'ann', name: { formatted: 'Ann Ray' } },
      ({ key }) => key === 'cn' || key === 'title',
    );
    expect(difference(entry, desired, undefined).modifications).to.deep.equal([
      { operation: 'replace', attribute: 'cn', values: ['Ann Ray', 'Annie'] },
      { operation: 'replace', attribute: 'title', values: ['b'] },
    ]);
  });
});
