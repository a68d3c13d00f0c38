import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { backendKey } from '../../../connector/backend/registry.ts';
import type { App } from '../../../connector/config/config.ts';
import type { Sources } from '../../../connector/config/load/load.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { loadText, problemsOf } from './load-support.ts';

const SHORTEST = `[apps.default]
backend = "ldap"
[apps.default.ldap]
urls = ["ldaps://localhost:16360"]
ca_file = "ca.crt"
bind_dn = "cn=scim,ou=services,dc=example,dc=com"
password = { env = "LDAP_PASSWORD" }
[apps.default.users]
base = "ou=people,dc=example,dc=com"
[apps.default.groups]
base = "ou=groups,dc=example,dc=com"
`;
const sources: Sources = { env: { LDAP_PASSWORD: 'secret-for-tests' } };
/** The first line of a file is its version. */
const LDAP = SHORTEST.split('\n').length + 1;

describe('the settings of a directory', () => {
  const folder = temporaryFolder();
  const app = async (text: string, more: Sources = sources): Promise<App> => {
    const { config } = await loadText(folder.path, text, more);
    return config.apps[0] as App;
  };
  const problems = (text: string): Promise<readonly string[]> =>
    problemsOf(folder.path, loadText(folder.path, text, sources));

  it('are eleven lines at least', async () => {
    const { ldap, users, groups } = await app(SHORTEST);
    expect(ldap.password?.reveal()).to.equal('secret-for-tests');
    expect(JSON.parse(JSON.stringify(ldap))).to.deep.equal({
      urls: ['ldaps://localhost:16360'],
      ca_file: join(folder.path, 'ca.crt'),
      bind_dn: 'cn=scim,ou=services,dc=example,dc=com',
      password: '[secret]',
    });
    expect([users.base, groups.base]).to.deep.equal(['ou=people,dc=example,dc=com', 'ou=groups,dc=example,dc=com']);
  });

  it('take the password from the environment, or from a file it names', async () => {
    const without = SHORTEST.replace(/password.*\n/, '');
    const name = 'CONNECTOR_APPS__DEFAULT__LDAP__PASSWORD';
    writeFileSync(join(folder.path, 'pw'), 'from-a-file\n');
    expect((await app(without, { env: { [name]: 'given' } })).ldap.password?.reveal()).to.equal('given');
    expect(
      (await app(without, { env: { [`${name}_FILE`]: join(folder.path, 'pw') } })).ldap.password?.reveal(),
    ).to.equal('from-a-file');
  });

  it('do without the password where a command needs none', async () => {
    const { config, warnings } = await loadText(folder.path, SHORTEST, { env: {}, missingSecrets: 'warn' });
    expect(config.apps[0]?.ldap.password).to.equal(undefined);
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.contain('the environment variable LDAP_PASSWORD is not set');
    expect(await problemsOf(folder.path, loadText(folder.path, SHORTEST, { env: {} }))).to.deep.equal([
      'connector.toml:8: apps.default.ldap.password: the environment variable LDAP_PASSWORD is not set',
    ]);
  });

  it('hold the mapping in short and long lines, and the choice of deactivation', async () => {
    const { users } = await app(`${SHORTEST}
[apps.default.users.map]
title = "title"
"emails.primary" = { ldap = "mail", lower = true }
[apps.default.users.deactivate]
set = { employeeType = "inactive" }
`);
    expect(users.map).to.deep.equal({ title: 'title', 'emails.primary': { ldap: 'mail', lower: true } });
    expect(users.deactivate).to.deep.equal({ set: { employeeType: 'inactive' } });
  });

  const WRONG: readonly (readonly [what: string, text: string, problems: readonly string[]])[] = [
    [
      'nothing but the backend',
      '[apps.default]\nbackend = "ldap"',
      [
        'connector.toml:2: apps.default.ldap.urls: missing; backend = "ldap" needs it, for example urls = ["ldaps://ldap1.corp.example"]',
        'connector.toml:2: apps.default.ldap.bind_dn: missing; name the service account with bind_dn and password, or with client_cert_file and client_key_file',
        'connector.toml:2: apps.default.users.base: missing; backend = "ldap" needs to know where people live, for example base = "ou=people,dc=example,dc=com"',
      ],
    ],
    [
      'a directory for SQLite',
      '[apps.default.ldap]\nurls = ["ldaps://a"]\n[apps.default.users]\nbase = "ou=p"',
      [
        'connector.toml:3: apps.default.ldap.urls: has no effect with backend = "sqlite"; set backend = "ldap" or leave it out',
        'connector.toml:5: apps.default.users.base: has no effect with backend = "sqlite"; set backend = "ldap" or leave it out',
      ],
    ],
    [
      'a database for a directory',
      `${SHORTEST}[apps.default.sqlite]\nfile = "x.db"`,
      [
        `connector.toml:${LDAP + 1}: apps.default.sqlite.file: has no effect with backend = "ldap"; set backend = "sqlite" or leave it out`,
      ],
    ],
    [
      'a password in clear text on the wire',
      SHORTEST.replace('ldaps://localhost:16360', 'ldap://ldap1.corp.example'),
      [
        "connector.toml:5: apps.default.ldap.urls: ldap://ldap1.corp.example would send the service account's password in clear text; use ldaps:// or start_tls = true",
      ],
    ],
    [
      'no password',
      SHORTEST.replace(/password.*\n/, ''),
      [
        'connector.toml:4: apps.default.ldap.password: missing; bind_dn needs it: { env = "VARIABLE" }, { file = "/path" } or { secret = "name" }',
      ],
    ],
    [
      'a slip inside a line of the mapping',
      `${SHORTEST}[apps.default.users.map]\ntitle = { ldap = "title", dirction = "read" }`,
      [`connector.toml:${LDAP + 1}: apps.default.users.map.title.dirction: unknown setting; did you mean "direction"?`],
    ],
    [
      'a wrong choice inside a line of the mapping',
      `${SHORTEST}[apps.default.users.map]\ntitle = { ldap = "title", direction = "up" }`,
      [
        `connector.toml:${LDAP + 1}: apps.default.users.map.title.direction: must be one of "both", "read", "write", "once"`,
      ],
    ],
    [
      'a line of the mapping that is no line',
      `${SHORTEST}[apps.default.users.map]\ntitle = 3`,
      [
        `connector.toml:${LDAP + 1}: apps.default.users.map.title: must be an attribute of the directory in quotes, or a table such as { ldap = "title", direction = "read" }, not 3`,
      ],
    ],
    [
      'two choices of deactivation',
      `${SHORTEST}[apps.default.users.deactivate]\ngroup = "cn=a"\nmove_to = "ou=b"`,
      [`connector.toml:${LDAP}: apps.default.users.deactivate: must name exactly one of set, group and move_to`],
    ],
    [
      'bases, servers and fingerprints that are none',
      SHORTEST.replace('ou=people,dc=example,dc=com', 'people').replace('ldaps://localhost:16360', 'localhost'),
      [
        'connector.toml:5: apps.default.ldap.urls: must look like "ldaps://ldap1.corp.example" or "ldap://ldap1.corp.example:389"',
        'connector.toml:10: apps.default.users.base: must be a DN such as "ou=people,dc=example,dc=com"',
      ],
    ],
  ];
  for (const [what, text, expected] of WRONG)
    it(`name ${what}`, async () => {
      expect(await problems(text)).to.include.members([...expected]);
    });

  it('warn of a custom attribute without a home', async () => {
    const { warnings } = await loadText(
      folder.path,
      `${SHORTEST}[apps.default.users.custom]\nbadge = {}\nroom = {}\n[apps.default.users.map]\n"custom.room" = "roomNumber"\n`,
      sources,
    );
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.match(/users\.custom\.badge: has no place .* add "custom\.badge" = "ATTRIBUTE"/);
  });

  it('open a directory anew when a secret or a mapping changes, and only then', async () => {
    const key = backendKey(await app(SHORTEST));
    expect(backendKey(await app(`${SHORTEST}\n# a comment`))).to.equal(key);
    expect(backendKey(await app(`${SHORTEST}[apps.default.users.map]\ntitle = "description"`))).not.to.equal(key);
    const other = backendKey(await app(SHORTEST, { env: { LDAP_PASSWORD: 'another-one-for-tests' } }));
    expect(other).not.to.equal(key).and.not.to.contain('another');
  });
});
