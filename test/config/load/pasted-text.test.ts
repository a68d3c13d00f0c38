import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadConfig } from '../../../connector/config/load/load.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { loadText, problemsOf } from './load-support.ts';

const LDAP =
  '[apps.default]\nbackend = "ldap"\nldap.urls = ["ldaps://a.example"]\nldap.password = { env = "P" }\nusers.base = "o=x"\n';

describe('a configuration as people type and paste it', () => {
  const folder = temporaryFolder();
  const problems = (text: string, env: Record<string, string> = {}) =>
    problemsOf(folder.path, loadText(folder.path, text, { env }));

  it('may be UTF-16, as PowerShell writes it', async () => {
    const file = join(folder.path, 'wide.toml');
    writeFileSync(file, '\ufeffconfig_version = 1\r\n[server]\r\nlisten = "127.0.0.1:9001"\r\n', 'utf16le');
    expect((await loadConfig({ file })).config.server.listen.port).to.equal(9001);
  });

  for (const [given, message] of [
    [
      `[tls]\ncert_file = "C:\\certs\\chain.pem"`,
      `:3:17: invalid character in escape sequence: in "double" quotes a backslash begins an escape; write cert_file = 'C:\\certs\\chain.pem'`,
    ],
    [
      `[tls]\ncert_file = "C:\\Users\\x"`,
      `:3:17: invalid character in escape sequence: in "double" quotes a backslash begins an escape; write cert_file = 'C:\\Users\\x'`,
    ],
    [
      `[tls]\npassphrase = "C:\\certs"`,
      `:3:18: invalid character in escape sequence: in "double" quotes a backslash begins an escape; use 'single' ones`,
    ],
    [
      `state_dir = "C:\\data\\x"`,
      `:2:17: invalid character in escape sequence: in "double" quotes a backslash begins an escape; write state_dir = 'C:\\data\\x'`,
    ],
    ['[tls]\nnames = [“a.example”]', ':3:10: unexpected character “; type plain quotes'],
    ['[tls]\nnames\u00a0= []', ':3:6: unexpected character U+00A0, as text from web pages has; type it anew'],
    ['[tls]\n\u0001', ':3: holds the control character U+0001; remove it'],
  ] as const)
    it(`is refused with the fix: ${JSON.stringify(given)}`, async () => {
      expect((await problems(given))[0]).to.equal(`connector.toml${message}`);
    });

  for (const typed of ['CORP\\nadia', 'CORP\\backup', 'CORP\\tom'])
    it(`holds no control character where a backslash was meant: ${typed}`, async () => {
      expect(await problems(`${LDAP}ldap.bind_dn = "${typed}"`, { P: 'x'.repeat(20) })).to.deep.equal([
        `connector.toml:7: apps.default.ldap.bind_dn: holds a control character, such as a line end or tab; in "double" quotes a backslash begins an escape; write bind_dn = '${typed}'`,
      ]);
    });

  it('is told so of a path too, and of a variable without talk of quotes', async () => {
    expect((await problems('state_dir = "C:\\new"'))[0]).to.include("write state_dir = 'C:\\new'");
    expect(await problems('', { CONNECTOR_STATE_DIR: 'a\nb' })).to.deep.equal([
      'environment CONNECTOR_STATE_DIR: state_dir: holds a control character, such as a line end or tab; remove it',
    ]);
  });

  it('takes variables and secrets with the line end of the file they come from', async () => {
    const token = 'y'.repeat(40);
    for (const end of ['\n', '\r\n', '\r']) {
      writeFileSync(join(folder.path, 'token'), `\ufeff${token}${end}`);
      const { config } = await loadText(folder.path, '[auth]\ntoken = { file = "token" }', {
        env: { CONNECTOR_SERVER__LISTEN: `127.0.0.1:9002${end}` },
      });
      expect(config.apps[0]?.auth.token?.reveal()).to.equal(token);
      expect(config.server.listen.port).to.equal(9002);
    }
    writeFileSync(join(folder.path, 'token'), token, 'utf16le');
    const { config } = await loadText(folder.path, '[auth]\ntoken = { file = "token" }');
    expect(config.apps[0]?.auth.token?.reveal()).to.equal(token);
  });

  it('refuses a secret of two lines by its file', async () => {
    writeFileSync(join(folder.path, 'token'), 'a\nb\n');
    const [problem] = await problems('[auth]\ntoken = { file = "token" }');
    expect(problem).to.equal('connector.toml:3: auth.token: the file token: holds more than one line; it must be one');
  });
});
