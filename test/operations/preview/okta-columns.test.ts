import { expect } from 'chai';
import { type OktaColumn, oktaColumns } from '../../../connector/operations/preview/okta-columns.ts';
import { oktaUserUrn } from '../../../connector/scim/schema/custom.ts';
import { resourceTypes } from '../../../connector/scim/schema/resource-type.ts';

const { User } = resourceTypes({ app: 'hr', users: [{ name: 'badgeId', type: 'string' }], groups: [] });
const URN = oktaUserUrn('hr');
const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';

const columns = (header: readonly string[], given: Readonly<Record<string, string>> = {}): readonly OktaColumn[] =>
  oktaColumns(User, URN, header, new Map(Object.entries(given)));
const pathOf = (header: string): string | undefined => columns([header])[0]?.path;

describe("the columns of an export of Okta's users", () => {
  for (const [path, ...headers] of [
    ['userName', 'login', 'Login', 'Profile.login', 'user.profile.login', 'userName', 'Okta Username'],
    ['emails.primary', 'email', 'Primary email', 'profile.email', 'Email Address'],
    ['emails.secondary', 'secondEmail', 'Secondary email'],
    ['name.givenName', 'firstName', 'First name', 'first_name', 'given name', 'name.givenName'],
    ['name.familyName', 'lastName', 'Last Name', 'surname'],
    ['phoneNumbers.mobile', 'mobilePhone', 'Mobile phone'],
    [`${URN}:badgeId`, 'badgeId', 'Badge ID', 'profile.badgeid'],
    [`${ENTERPRISE}:department`, 'department', `${ENTERPRISE}:department`],
    ['title', 'title', 'Title'],
    [undefined, 'id', 'User ID', 'password', 'credentials.password', 'groups', 'active', 'lastLogin', 'créé'],
  ] as const)
    it(`are ${path ?? 'left out'} for ${headers.join(', ')}`, () => {
      for (const header of headers) expect(pathOf(header), header).to.equal(path);
    });

  it('say what the agent sends by itself, and what only where it is mapped', () => {
    expect(columns(['login', 'title', 'status', 'notes']).map(({ sent }) => sent)).to.deep.equal([
      'always',
      'mapped',
      'status',
      undefined,
    ]);
  });

  it('are what is said of them', () => {
    const [badge, title] = columns(['Badge', 'title'], { Badge: 'userName', title: '' });
    expect(badge?.path).to.equal('userName');
    expect(title).to.deep.equal({ column: 'title' });
  });

  for (const [text, header, given, words] of [
    ['a column that is not there', ['login'], { badge: 'userName' }, /no column "badge"; it has: login/],
    ['an attribute that is none', ['login', 'x'], { x: 'nonsense' }, /nonsense is no attribute/],
    ['a password', ['login', 'x'], { x: 'password' }, /password is no attribute of User that a push could set/],
    ['two columns for one attribute', ['login', 'username'], {}, /"login" and "username" are both userName/],
  ] as const)
    it(`are refused for ${text}`, () => expect(() => columns(header, given)).to.throw(words));
});
