import { expect } from 'chai';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { loadText, problemsOf } from './load-support.ts';

/** A file after `config_version = 1` on line 1, and all that is said about it. */
const FILES: readonly (readonly [what: string, text: string, problems: readonly string[]])[] = [
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
    'a profile that the settings contradict',
    '[server]\npage_limit = 50\n[apps.default]\ndialect = "profile"\nread_only = true\ncreate_again_v2 = "accept"\nrequire_if_match = true\n[apps.default.features]\npatch = false\nfilter = false',
    [
      'connector.toml:3: server.page_limit: contradicts dialect = "profile" of the app default: pages of 100 must be given; set at least 100',
      'connector.toml:6: apps.default.read_only: contradicts dialect = "profile", which wants people made and changed; set false',
      'connector.toml:7: apps.default.create_again_v2: contradicts dialect = "profile": what is there already is 409; set "conflict"',
      'connector.toml:8: apps.default.require_if_match: contradicts dialect = "profile", whose clients need send no version; set false',
      'connector.toml:10: apps.default.features.patch: contradicts dialect = "profile", whose clients change by PATCH alone; set true',
      'connector.toml:11: apps.default.features.filter: contradicts dialect = "profile", whose clients find by filters; set true',
    ],
  ],
  [
    'metrics where others can reach them',
    '[metrics]\nlisten = "10.0.0.5:9464"',
    [
      'connector.toml:3: metrics.listen: no credential is asked for there, so anything but a loopback address is refused; use "127.0.0.1:9464" and see docs/metrics.md for a Prometheus elsewhere',
    ],
  ],
  [
    'metrics at the port of the connector',
    '[metrics]\nlisten = "127.0.0.1:8443"',
    ['connector.toml:3: metrics.listen: server.listen has this port already; choose another such as "127.0.0.1:9464"'],
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
];

describe('settings that do not go together', () => {
  const folder = temporaryFolder();

  for (const [what, text, problems] of FILES)
    it(`are refused: ${what}`, async () => {
      expect(await problemsOf(folder.path, loadText(folder.path, text))).to.deep.equal(problems);
    });

  it('are refused: a key that can be guessed', async () => {
    const load = (key: string) =>
      loadText(folder.path, '[server]\ncursor_key = { env = "KEY" }', { env: { KEY: key } });
    expect(await problemsOf(folder.path, load('k'.repeat(31)))).to.deep.equal([
      'connector.toml:3: server.cursor_key: must have at least 32 characters; make one with openssl rand -base64 32',
    ]);
    expect((await load('k'.repeat(32))).warnings).to.deep.equal([]);
  });

  it('are warnings when it works, but hardly as meant', async () => {
    const { warnings } = await loadText(
      folder.path,
      '[server]\ndeadline = "40s"\nhttp = true\n[tls]\nsource = "pfx"\npfx_file = "x"\n[auth]\ntoken = { env = "T" }\nusername = "u"\nmethod = "header"\n[apps.default]\nput = "replace"\nclear_when_absent = ["title"]',
      { env: { T: 'x7-Qp2.vL9_w' } },
    );
    expect(warnings.map((warning) => warning.replace(`${folder.path}/`, ''))).to.deep.equal([
      'connector.toml:3: server.deadline: longer than the 30s that Okta waits at least; raise the timeout in Okta as well',
      'connector.toml:6: tls.source: has no effect with server.http = true',
      'connector.toml:10: auth.username: has no effect with method "header"',
      'connector.toml:9: auth.token: shorter than 16 characters; use a random one, for example from: openssl rand -base64 24',
      'connector.toml:14: apps.default.clear_when_absent: has no effect with put = "replace"',
    ]);
  });
});
