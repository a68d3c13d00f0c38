import { expect } from 'chai';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { loadText, problemsOf } from './load-support.ts';

const DIRECTORY = `[apps.default]
backend = "ldap"
ldap = { urls = ["ldaps://ldap.example"], bind_dn = "cn=scim", password = { env = "SECRET" } }
users = { base = "ou=people" }
`;

const REFUSED: readonly (readonly [what: string, line: string, problem: string])[] = [
  [
    'neither groups nor an attribute',
    '',
    'License: a directory has no place for it; give it the base of its groups, or the attribute of a person that holds it',
  ],
  [
    'both',
    'base = "ou=l"\nattribute = "x"',
    'License.attribute: the groups below base say already who has what; leave one of them out',
  ],
  [
    'groups and a list',
    'base = "ou=l"\nlist = { a = "A" }',
    'License.list: the groups below base are the entitlements; leave one of them out',
  ],
  ['a filter of nothing', 'attribute = "x"\nfilter = "(cn=a)"', 'License.filter: has no effect without a base'],
];

describe('kinds of entitlements of a directory in the configuration', () => {
  const at = temporaryFolder();
  const load = (line: string) =>
    loadText(at.path, `${DIRECTORY}[apps.default.entitlements.License]\n${line}`, { env: { SECRET: 'x' } });

  it('are accepted with groups, or with an attribute and perhaps a list', async () => {
    for (const line of ['base = "ou=l"\nfilter = "(cn=a)"', 'attribute = "x"', 'attribute = "x"\nlist = { a = "A" }'])
      expect((await load(line)).config.apps[0]?.entitlements).to.have.length(1);
  });

  for (const [what, line, problem] of REFUSED) {
    it(`are refused with ${what}`, async () => {
      const problems = await problemsOf(at.path, load(line));
      expect(problems.map((text) => text.replace(/^.*apps\.default\.entitlements\./, ''))).to.deep.equal([problem]);
    });
  }

  it('say that a directory is meant, where people are in SQLite', async () => {
    const loading = loadText(at.path, '[apps.default.entitlements.License]\nattribute = "x"');
    expect(await problemsOf(at.path, loading)).to.deep.equal([
      'connector.toml:3: apps.default.entitlements.License.attribute: has no effect with backend = "sqlite"; set backend = "ldap" or leave it out',
    ]);
  });
});
