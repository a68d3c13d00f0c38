import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { SecretStore } from '../../connector/secrets/secret-store.ts';
import { cli } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const VALUE = 'pass wörd with spaces ';

describe('secret', () => {
  const folder = temporaryFolder();
  const state = () => join(folder.path, 'connector-data');
  const run = (words: readonly string[], input = '') => cli(['secret', ...words], { cwd: folder.path, input });
  const stored = (name: string) => new SecretStore(state(), {}).get(name);

  it('set stores what a pipe says, without its line end only', async () => {
    expect(await run(['set', 'ldap-bind'], `${VALUE}\n`)).to.deep.equal({
      code: 0,
      stdout: '',
      stderr: 'stored; settings refer to it as { secret = "ldap-bind" }\n',
    });
    expect(stored('ldap-bind')).to.equal(VALUE);
    await run(['set', 'ldap-bind'], 'from Windows\r\n');
    expect(stored('ldap-bind')).to.equal('from Windows');
    await run(['set', 'ldap-bind'], 'no line end');
    expect(stored('ldap-bind')).to.equal('no line end');
  });

  it('set tells a program what to write in the configuration', async () => {
    const { stdout } = await run(['set', 'ldap-bind', '--json', '--quiet'], VALUE);
    expect(JSON.parse(stdout)).to.deep.equal({ name: 'ldap-bind', setting: { secret: 'ldap-bind' } });
  });

  it('set writes files that nobody else can read, and the value in none of them', async () => {
    await run(['set', 'ldap-bind'], VALUE);
    for (const name of readdirSync(state())) {
      if (process.platform !== 'win32') expect(statSync(join(state(), name)).mode & 0o077, name).to.equal(0);
      expect(readFileSync(join(state(), name), 'utf8'), name).not.to.contain(VALUE.trim());
    }
  });

  for (const [words, input, code, message] of [
    [['set', 'x'], '', 5, 'the value of "x" is empty'],
    [['set', 'x'], '\n', 5, 'the value of "x" is empty'],
    [['set', 'a b'], VALUE, 5, 'the name of a secret is 1 to 64 letters, digits, dots, dashes or underscores'],
    [['set'], VALUE, 2, 'NAME is missing (scim-connector secret set --help)'],
    // On the command line others can read it.
    [['set', 'x', VALUE.trim()], '', 2, `an argument too many (scim-connector secret set --help)`],
    [[], '', 2, 'secret needs a verb: set or list (scim-connector secret --help)'],
  ] as const)
    it(`${words.join(' ') || 'without a verb'}, ${JSON.stringify(input)}: ends with ${code} and stores nothing`, async () => {
      const ended = await run(words, input);
      expect(ended).to.deep.equal({ code, stdout: '', stderr: `${message}\n` });
      expect(JSON.parse((await run(['list', '--json'])).stdout)).to.deep.equal([]);
    });

  it('list shows names and when each was set', async () => {
    expect(await run(['list'])).to.deep.equal({
      code: 0,
      stdout: '',
      stderr: 'no secret yet: store one with "secret set NAME"\n',
    });
    await run(['set', 'ldap-bind'], VALUE);
    await run(['set', 'tls'], VALUE);
    const { stdout } = await run(['list']);
    expect(stdout).to.match(
      /^NAME {7}CHANGED\nldap-bind {2}\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\ntls {8}\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n$/,
    );
    const [first] = JSON.parse((await run(['list', '--json'])).stdout);
    expect(first).to.have.all.keys('name', 'changed');
  });

  it('is what settings refer to, and a setting that refers to none is named', async () => {
    writeFileSync(join(folder.path, 'c.toml'), 'config_version = 1\n[auth]\ntoken = { secret = "okta" }\n');
    const check = () => cli(['check', '--config', 'c.toml', '--json'], { cwd: folder.path });
    const before = await check();
    expect(before.code).to.equal(2);
    expect(before.stdout).to.contain('\\"okta\\"').and.contain('secret set okta');
    await run(['set', 'okta', '--config', 'c.toml'], 'a-token-of-some-length');
    const after = await check();
    expect([after.code, after.stderr]).to.deep.equal([0, '']);
  });
});
