import { expect } from 'chai';
import { labelFindings, sharedFindings } from '../../../../connector/backend/ldap/examination/sharing-findings.ts';
import { makeBranch } from '../../../../connector/backend/ldap/layout/branch.ts';
import { PROFILES } from '../../../../connector/backend/ldap/layout/profiles.ts';
import { overruledAttributes } from '../../../../connector/backend/ldap/layout/unmapped.ts';
import { asKept } from '../../../../connector/backend/ldap/mapping/as-kept.ts';
import { desiredValues } from '../../../../connector/backend/ldap/mapping/desired-values.ts';
import { decodeEntry } from '../../../../connector/backend/ldap/mapping/entry-to-resource.ts';
import type { ProfileName } from '../../../../connector/backend/ldap/settings/defaults.ts';
import type { MapOptions } from '../../../../connector/backend/ldap/settings/options.ts';
import type { Attributes } from '../../../../connector/scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../../../connector/scim/schema/names.ts';
import { types } from '../../../support/directories/ldap-backend.ts';

const branch = (map: MapOptions = {}, profile: ProfileName = 'openldap') =>
  makeBranch(types.User, PROFILES[profile].users, { base: 'dc=x', map });
const shown = (map: MapOptions, attributes: Readonly<Record<string, readonly string[]>>): Attributes =>
  decodeEntry(branch(map).table, { dn: 'uid=x', attributes: new Map(Object.entries(attributes)) });
const emails = (labels: readonly string[]): MapOptions => ({ emails: { ldap: 'mail', labels: [...labels] } });
const CUSTOM = types.User.extensions.find(({ open }) => open)?.urn ?? '';

describe('what was sent, in the terms of a mapping', () => {
  it('shows the first address as the primary one, whatever it is called', () => {
    const mail = ['a@x', 'b@x', 'c@x', 'd@x'];
    expect(shown({}, { mail })['emails']).to.deep.equal([
      { value: 'a@x', type: 'primary', primary: true },
      { value: 'b@x', type: 'secondary' },
      { value: 'c@x', type: 'other' },
      { value: 'd@x', type: 'other' },
    ]);
    expect(shown(emails(['work', 'home']), { mail })['emails']).to.deep.equal([
      { value: 'a@x', type: 'work', primary: true },
      { value: 'b@x', type: 'home' },
      { value: 'c@x', type: 'home' },
      { value: 'd@x', type: 'home' },
    ]);
    const byType = { emails: '', 'emails.work': 'mail' };
    expect(shown(byType, { mail: ['a@x', 'b@x'] })['emails']).to.deep.equal([
      { value: 'a@x', type: 'work', primary: true },
      { value: 'b@x', type: 'other-work' },
    ]);
  });

  it('calls further numbers what no push calls them', () => {
    expect(shown({}, { mobile: ['1', '2', '3'] })['phoneNumbers']).to.deep.equal([
      { value: '1', type: 'mobile' },
      { value: '2', type: 'other-mobile' },
      { value: '3', type: 'other-mobile' },
    ]);
  });

  it('gives a stranger the type of the place that it gets, never that of what others keep', () => {
    const sent = {
      emails: [
        { value: 's@x', type: 'secondary' },
        { value: 'p@x', type: 'primary', primary: true },
      ],
    };
    const types = (map: MapOptions): unknown =>
      (asKept(branch(map).table, sent)['emails'] as Attributes[]).map(({ type }) => type);
    expect(types({})).to.deep.equal(['secondary', 'primary']);
    expect(types(emails(['work', 'home', 'other']))).to.deep.equal(['home', 'work']);
    expect(types({ emails: '', 'emails.work': 'mail' })).to.deep.equal(['secondary', 'work']);
  });

  it('writes addresses in the order of their labels', () => {
    const unordered = [
      { value: 'c@x', type: 'other' },
      { value: 'b@x', type: 'secondary' },
      { value: 'a@x', type: 'primary', primary: true },
    ];
    const [mail] = desiredValues(branch().table, { emails: unordered }, ({ key }) => key === 'mail');
    expect(mail?.values).to.deep.equal(['a@x', 'b@x', 'c@x']);
  });

  it('takes what is new where two attributes are kept in one, else the first', () => {
    const { table } = branch({}, 'active-directory');
    const named = (displayName: string, formatted: string): Attributes => ({ displayName, name: { formatted } });
    const stored = (wanted: Attributes, before: Attributes = {}): unknown =>
      desiredValues(table, wanted, ({ key }) => key === 'displayname', { before, generated: 'kept' })[0]?.values;
    const before = named('Eva Novak', 'Eva Novak');
    expect(stored(named('Eva Novak', 'Eva Stone'), before)).to.deep.equal(['Eva Stone']);
    expect(stored(named('Eva Stone', 'Eva Novak'), before)).to.deep.equal(['Eva Stone']);
    expect(stored(named('Eva Stone', 'Eva Rock'), before)).to.deep.equal(['Eva Stone']);
    expect(stored({ displayName: 'Eva Novak' }, before)).to.deep.equal(['Eva Novak']);
    expect(stored({}, before)).to.deep.equal([]);
    expect(stored(named('Eva Stone', 'Eva Rock'))).to.deep.equal(['Eva Stone']);
  });

  it('knows one value of what is kept in one place, and names the other', () => {
    const shared = branch({ 'custom.badgeId': 'employeeNumber' });
    const sent = { [ENTERPRISE_SCHEMA]: { employeeNumber: '1234' }, [CUSTOM]: { badgeId: 'NEW' } };
    expect(asKept(shared.table, sent)).to.deep.equal({
      [ENTERPRISE_SCHEMA]: { employeeNumber: '1234' },
      [CUSTOM]: { badgeId: '1234' },
    });
    expect(overruledAttributes(shared, sent)).to.deep.equal([
      `${CUSTOM}:badgeId (differs from ${ENTERPRISE_SCHEMA}:employeeNumber, which employeeNumber keeps)`,
    ]);
    const alone = { [CUSTOM]: { badgeId: 'NEW' } };
    expect(asKept(shared.table, alone)).to.deep.equal(alone);
    expect(overruledAttributes(shared, alone)).to.deep.equal([]);
  });

  it('is examined: lines that lose values, and pairs with who wins', () => {
    const labels = (map: MapOptions, profile?: ProfileName): readonly string[] =>
      [...labelFindings(branch(map, profile))].map(({ text }) => text);
    expect(labels({})).to.deep.equal([]);
    expect(labels({}, 'active-directory')).to.deep.equal([]);
    expect(labels(emails(['work', 'home', 'other']))).to.deep.equal([]);
    expect(labels(emails(['work', 'home']))).to.have.length(1);
    expect(labels(emails(['work'])).join('\n')).to.match(
      /every value of mail is called "work".*labels = \["work", "other"\]/,
    );
    const pairs = (map: MapOptions, profile?: ProfileName) => [...sharedFindings(branch(map, profile), map)];
    expect(pairs({})).to.deep.equal([]);
    expect(
      pairs({}, 'active-directory')
        .map(({ status, text }) => `${status} ${text}`)
        .join('\n'),
    ).to.match(/^ok users\.map: displayName and name\.formatted are both kept in displayName: .* displayName wins/);
    expect(pairs({ 'custom.badgeId': 'employeeNumber' }).map(({ status }) => status)).to.deep.equal(['warning']);
  });
});
