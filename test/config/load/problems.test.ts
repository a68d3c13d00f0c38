import { expect } from 'chai';
import { loadConfig, type Sources } from '../../../connector/config/load/load.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
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
});
