import { expect } from 'chai';
import { loadConfig, type Sources } from '../../connector/config/load.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { loadText, problemsOf } from './load-support.ts';

/** A file after `config_version = 1` on line 1, and all that is said about it. */
const FILES: readonly (readonly [what: string, text: string, problems: readonly string[], sources?: Sources])[] = [
  [
    'an unknown setting, with the nearest one',
    '[server]\nlisen = ":1"',
    ['connector.toml:3: server.lisen: unknown setting; did you mean "listen"?'],
  ],
  [
    'a setting in the wrong table',
    '[auth]\ndeadline = "1s"',
    ['connector.toml:3: auth.deadline: unknown setting; it belongs under [server]'],
  ],
  [
    'a setting like no other',
    '[log]\nxyzzy = 1',
    ['connector.toml:3: log.xyzzy: unknown setting; known here: level, format'],
  ],
  ['an unknown table', '[sevrer]', ['connector.toml:2: sevrer: unknown setting; did you mean "server"?']],
  [
    'a wrong choice, with the nearest one',
    '[apps.default]\nput = "mrege"',
    ['connector.toml:3: apps.default.put: must be one of "merge", "replace", not "mrege"; did you mean "merge"?'],
  ],
  [
    'wrong types',
    'server = { http = "yes", page_limit = 0, deadline = 25, listen = "8443" }\n[tls]\nnames = "a"\nsource = true',
    [
      'connector.toml:2: server.listen: must be an address and port such as "127.0.0.1:8443", "[::1]:8443" or ":8443", not "8443"',
      'connector.toml:2: server.http: must be true or false, not "yes"',
      'connector.toml:2: server.deadline: must be a duration such as "25s" or "12h", not 25',
      'connector.toml:2: server.page_limit: must be a whole number from 1 to 100000, not 0',
      'connector.toml:4: tls.names: must be a list of texts such as ["one", "two"], not "a"',
      'connector.toml:5: tls.source: must be one of "auto", "files", "pfx", not true',
    ],
  ],
  [
    'quantities out of range',
    '[server]\ndeadline = "1ms"\nmax_body = "1GiB"',
    [
      'connector.toml:3: server.deadline: must lie between 1s and 10m',
      'connector.toml:4: server.max_body: must lie between 1KiB and 256MiB',
    ],
  ],
  [
    'base URLs that cannot be continued by a path',
    '[server]\nbase_url = "https://a/scim/v1/"',
    [
      "connector.toml:3: server.base_url: must stop before the app's path; leave out what [apps.NAME] path already says",
    ],
  ],
  [
    'a base URL with a query',
    '[server]\nbase_url = "https://a/?x=1"',
    [
      'connector.toml:3: server.base_url: must hold no query, fragment or credentials; write only scheme, host, port and path prefix',
    ],
  ],
  [
    'a base URL that is none',
    '[server]\nbase_url = "idm01:8443"',
    ['connector.toml:3: server.base_url: must be a URL such as "https://idm01.corp.example:8443"'],
  ],
  [
    'proxies and names that are none',
    '[server]\ntrusted_proxies = ["10.0.0.0/8", "proxy"]\n[tls]\nnames = ["https://a"]',
    [
      'connector.toml:3: server.trusted_proxies: must be an address or network such as "10.1.0.0/16"',
      'connector.toml:5: tls.names: must be a host name or an IP address',
    ],
  ],
  [
    'a secret in clear, without repeating it',
    '[auth]\ntoken = "hunter2hunter2hunter2"',
    [
      'connector.toml:3: auth.token: must be { env = "VARIABLE" }, { file = "/path" } or { secret = "name" }; a secret never stands in the file in clear',
    ],
  ],
  [
    'a secret with two sources',
    '[auth]\ntoken = { env = "A", file = "b" }',
    ['connector.toml:3: auth.token: must name exactly one of env, file and secret'],
  ],
  [
    'a secret with an unknown source',
    '[auth]\ntoken = { enw = "A" }',
    [
      'connector.toml:3: auth.token: must be { env = "VARIABLE" }, { file = "/path" } or { secret = "name" }; a secret never stands in the file in clear',
    ],
  ],
  [
    'secrets that cannot be found',
    '[auth]\ntoken = { env = "NOT_SET" }\n[tls]\npassphrase = { secret = "pfx" }\nsource = "pfx"\npfx_file = "a"',
    [
      'connector.toml:3: auth.token: the environment variable NOT_SET is not set',
      'connector.toml:5: tls.passphrase: there is no secret "pfx"; make it with: secret set pfx',
    ],
  ],
  [
    'an empty secret',
    '[auth]\ntoken = { env = "EMPTY" }',
    ['connector.toml:3: auth.token: the secret is empty'],
    { env: { EMPTY: '' } },
  ],
  [
    'names that cannot be: an app, an attribute, a header, a user',
    '[apps.Hr]\n[apps.hr.users.custom]\n"bad id" = {}\n[auth]\nheader = "X Token"\nusername = "a:b"\npassword = { env = "P" }',
    [
      'connector.toml:2: apps.Hr: is no name for an app; use lower-case letters, digits and "-", a letter first',
      'connector.toml:4: apps.hr.users.custom.bad id: is no name for an attribute; use letters, digits, "-" and "_", a letter first',
      'connector.toml:6: auth.header: must be the name of an HTTP header',
      'connector.toml:7: auth.username: must hold no colon and no control character (RFC 7617)',
    ],
    { env: { P: 'p' } },
  ],
  [
    'app paths that Okta could not use',
    '[apps.a]\npath = "/a"\n[apps.b]\npath = "/b/../v1"\n[apps.c]\npath = "/c/v1?x"',
    ['a', 'b', 'c'].map((name) =>
      name === 'b'
        ? 'connector.toml:5: apps.b.path: must hold no "." or ".." segment'
        : `connector.toml:${name === 'a' ? 3 : 7}: apps.${name}.path: must start with "/", end in "/v1" (Okta reads the SCIM version there) and use only letters, digits and . _ ~ -`,
    ),
  ],
  [
    'apps that overlap',
    '[apps.a]\npath = "/x/v1"\n[apps.b]\npath = "/X/v1/y/v1"\n[apps.b.sqlite]\nfile = "connector-data/a.db"',
    [
      'connector.toml:5: apps.b.path: /X/v1/y/v1 overlaps /x/v1 of the app a; each app needs a path of its own',
      'connector.toml:7: apps.b.sqlite.file: is also the database of the app a; give each app its own',
    ],
  ],
  [
    'attributes that cannot be cleared',
    '[apps.default]\nclear_when_absent = ["titel", "userName", "active", "id", "groups", "password", "name.middleName"]',
    [
      'connector.toml:3: apps.default.clear_when_absent: "titel" is no attribute; did you mean "title"?',
      'connector.toml:3: apps.default.clear_when_absent: "userName" must never be cleared by absence; leave it out',
      'connector.toml:3: apps.default.clear_when_absent: "active" must never be cleared by absence; leave it out',
      'connector.toml:3: apps.default.clear_when_absent: "id" cannot be cleared: it is not both readable and writable; leave it out',
      'connector.toml:3: apps.default.clear_when_absent: "groups" cannot be cleared: it is not both readable and writable; leave it out',
      'connector.toml:3: apps.default.clear_when_absent: "password" cannot be cleared: it is not both readable and writable; leave it out',
    ],
  ],
  [
    'custom attributes that exist already',
    '[apps.default.users.custom]\ngroups = {}\nRoom = {}\nroom = {}\n[apps.default.groups.custom]\ndescription = {}',
    [
      'connector.toml:3: apps.default.users.custom.groups: the name is reserved by Okta; choose another',
      'connector.toml:5: apps.default.users.custom.room: declared twice: upper and lower case are the same attribute',
      'connector.toml:7: apps.default.groups.custom.description: the name is reserved: every group has it already; choose another',
    ],
  ],
  [
    'plain HTTP, or no authentication, where others can reach it',
    '[server]\nlisten = ":8443"\nhttp = true\n[auth]\nmethod = "none"',
    [
      'connector.toml:4: server.http: plain HTTP is refused unless server.listen is a loopback address; set http = false or listen on 127.0.0.1',
      'connector.toml:6: auth.method: "none" lets everybody in and is refused unless server.listen is a loopback address; use "header" or listen on 127.0.0.1',
    ],
  ],
  [
    'a wrong choice, and nothing that would only follow from it',
    '[tls]\nsource = "filse"\ncert_file = "a"\nkey_file = "b"',
    ['connector.toml:3: tls.source: must be one of "auto", "files", "pfx", not "filse"; did you mean "files"?'],
  ],
  [
    'half a certificate',
    '[tls]\nsource = "files"\ncert_file = "a"',
    ['connector.toml:2: tls.key_file: missing; source = "files" needs it'],
  ],
  ['no PFX file', '[tls]\nsource = "pfx"', ['connector.toml:2: tls.pfx_file: missing; source = "pfx" needs it']],
  [
    'certificate files that nothing would read',
    '[tls]\ncert_file = "a"\nkey_file = "b"\npfx_file = "c"',
    [
      'connector.toml:3: tls.cert_file: has no effect with source = "auto"; set source = "files" or leave it out',
      'connector.toml:4: tls.key_file: has no effect with source = "auto"; set source = "files" or leave it out',
      'connector.toml:5: tls.pfx_file: has no effect with source = "auto"; set source = "pfx" or leave it out',
    ],
  ],
  [
    'half a login',
    '[auth]\nmethod = "basic"\nusername = "okta"',
    ['connector.toml:2: auth.password: missing; method "basic" with a username needs it'],
  ],
  [
    'no app at all',
    '[apps]',
    ['connector.toml:2: apps: must hold at least one app; leave it out for the app "default"'],
  ],
  [
    'a missing version',
    'config_versio = 1',
    [
      'connector.toml:1: config_version: missing; put config_version = 1 at the top',
      'connector.toml:1: config_versio: unknown setting; did you mean "config_version"?',
    ],
  ],
  [
    'a later version',
    'config_version = 2',
    ["connector.toml:1: config_version: the file's format 2 is newer than this program reads (1); upgrade the program"],
  ],
  [
    'no TOML, with line and column',
    '[server]\nlisten = C:\\x',
    ["connector.toml:3:10: unexpected character; texts stand in quotes, paths and DNs in 'single' ones"],
  ],
  [
    'a text without quotes',
    '[server]\nlisten = 127.0.0.1:8443',
    ["connector.toml:3:15: must be a newline; texts stand in quotes, paths and DNs in 'single' ones"],
  ],
  [
    'the only app, and not that there is none without it',
    '[apps.HR]',
    ['connector.toml:2: apps.HR: is no name for an app; use lower-case letters, digits and "-", a letter first'],
  ],
  [
    'a key given twice',
    '[log]\nlevel = "info"\nlevel = "warn"',
    ['connector.toml:4:1: defining a key multiple times is invalid'],
  ],
];

const ENVIRONMENT: readonly (readonly [what: string, env: Record<string, string>, problems: readonly string[]])[] = [
  [
    'an unknown variable, with the nearest one',
    { CONNECTOR_SERVER__LISTN: ':1' },
    ['environment CONNECTOR_SERVER__LISTN: no such setting; did you mean "CONNECTOR_SERVER__LISTEN"?'],
  ],
  [
    'a variable for what stands in the file only',
    { CONNECTOR_APPS__DEFAULT__USERS__CUSTOM__BADGE__TYPE: 'string' },
    ['environment CONNECTOR_APPS__DEFAULT__USERS__CUSTOM__BADGE__TYPE: no such setting'],
  ],
  [
    '_FILE of what is no secret',
    { CONNECTOR_LOG__LEVEL_FILE: '/x' },
    ['environment CONNECTOR_LOG__LEVEL_FILE: no such setting'],
  ],
  [
    'a secret given twice',
    { CONNECTOR_AUTH__TOKEN: 'a-token-of-some-length', CONNECTOR_AUTH__TOKEN_FILE: '/x' },
    ['environment CONNECTOR_AUTH__TOKEN_FILE: CONNECTOR_AUTH__TOKEN is set as well; unset one of them'],
  ],
  [
    'values of the wrong type',
    { CONNECTOR_SERVER__HTTP: 'yes', CONNECTOR_SERVER__PAGE_LIMIT: 'many', CONNECTOR_APPS__HR__PUT: 'x' },
    [
      'environment CONNECTOR_SERVER__HTTP: server.http: must be true or false, not "yes"',
      'environment CONNECTOR_SERVER__PAGE_LIMIT: server.page_limit: must be a whole number from 1 to 100000, not "many"',
      'environment CONNECTOR_APPS__HR__PUT: apps.hr.put: must be one of "merge", "replace", not "x"',
    ],
  ],
];

describe('problems with the configuration', () => {
  const folder = temporaryFolder();

  for (const [what, text, problems, sources] of FILES)
    it(`names ${what}`, async () => {
      expect(await problemsOf(folder.path, loadText(folder.path, text, sources))).to.deep.equal(problems);
    });

  for (const [what, env, problems] of ENVIRONMENT)
    it(`names ${what}`, async () => {
      expect(await problemsOf(folder.path, loadConfig({ cwd: folder.path, env }))).to.deep.equal(problems);
    });

  it('are all told at once, from every source', async () => {
    const problems = await problemsOf(
      folder.path,
      loadText(folder.path, '[log]\nlevel = "loud"\n[apps.a]\n[apps.b]\npath = "/a/scim/v1"', {
        env: { CONNECTOR_X: '1', CONNECTOR_SERVER__DEADLINE: 'soon' },
        flags: [{ path: ['server', 'http'], name: '--server.http', value: 'maybe' }],
      }),
    );
    expect(problems.map((problem) => problem.replace(/: .*/, ''))).to.deep.equal([
      'environment CONNECTOR_X',
      '--server.http',
      'environment CONNECTOR_SERVER__DEADLINE',
      'connector.toml:3',
      'connector.toml:6',
    ]);
  });

  it('name a file that is not there, and how to name another', async () => {
    expect(await problemsOf(folder.path, loadConfig({ cwd: folder.path, file: 'gone.toml' }))).to.deep.equal([
      'gone.toml: no such file; name the configuration file with --config or CONNECTOR_CONFIG',
    ]);
  });

  it('are warnings when it works, but hardly as meant', async () => {
    const { warnings } = await loadText(
      folder.path,
      '[server]\ndeadline = "40s"\nhttp = true\n[tls]\nsource = "pfx"\npfx_file = "x"\n[auth]\ntoken = { env = "T" }\nusername = "u"\nmethod = "header"\n[apps.default]\nput = "replace"\nclear_when_absent = ["title"]',
      { env: { T: 'short' } },
    );
    expect(warnings.map((warning) => warning.replace(`${folder.path}/`, ''))).to.deep.equal([
      'connector.toml:3: server.deadline: longer than the 30s that Okta waits at least; raise the timeout in Okta as well',
      'connector.toml:6: tls.source: has no effect with server.http = true',
      'connector.toml:10: auth.username: has no effect with method "header"',
      'connector.toml:9: auth.token: shorter than 16 characters; use a random one',
      'connector.toml:14: apps.default.clear_when_absent: has no effect with put = "replace"',
    ]);
  });
});
