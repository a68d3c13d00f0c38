import { expect } from 'chai';
import { type Change, editToml } from '../../connector/config/load/edit-toml.ts';

const FILE = `# Mine.
config_version = 1

[server]
# Ours since May.
listen = ":8443" # the agent's
#deadline = "25s"

[apps.hr.ldap]
urls = [
  "ldaps://one",
  "ldaps://two",
]
start_tls = false

[apps.hr.users]
base = "ou=people,dc=example"
`;

describe('editing a configuration', () => {
  const changed = (...changes: readonly Change[]) => editToml(FILE, changes);

  it('replaces a value, and leaves every comment and line where it is', async () => {
    expect(await changed({ path: ['server', 'listen'], value: ':9443' })).to.equal(FILE.replace(':8443', ':9443'));
    expect(await changed({ path: ['apps', 'hr', 'ldap', 'urls'], value: ['ldaps://three'] })).to.equal(
      FILE.replace(/\[\n.*?\n\]/s, '["ldaps://three"]'),
    );
  });

  it('takes a line away, with the comment behind it', async () => {
    expect(await changed({ path: ['server', 'listen'], value: undefined })).to.equal(
      FILE.replace('listen = ":8443" # the agent\'s\n', ''),
    );
    expect(await changed({ path: ['server', 'base_url'], value: undefined })).to.equal(FILE);
  });

  it('takes a table away', async () => {
    const text = (await changed({ path: ['apps', 'hr', 'ldap'], value: undefined })) ?? '';
    expect(text).not.to.match(/ldap|two/);
    expect(text).to.contain('[apps.hr.users]\nbase');
  });

  it('adds a line behind the last one of its table', async () => {
    expect(await changed({ path: ['apps', 'hr', 'users', 'filter'], value: '(uid=*)' })).to.equal(
      `${FILE}filter = "(uid=*)"\n`,
    );
    expect(await changed({ path: ['server', 'base_url'], value: 'https://x:1' })).to.contain(
      'listen = ":8443" # the agent\'s\nbase_url = "https://x:1"\n#deadline',
    );
  });

  it('adds a table that is not there, and a setting above all tables', async () => {
    expect(
      await changed(
        { path: ['tls', 'names'], value: ['a'] },
        { path: ['apps', 'hr', 'groups', 'base'], value: 'ou=g' },
        { path: ['state_dir'], value: '/s' },
      ),
    ).to.equal(`state_dir = "/s"\n${FILE}\n[tls]\nnames = ["a"]\n\n[apps.hr.groups]\nbase = "ou=g"\n`);
  });

  it('ends a last line that has no end', async () => {
    expect(await editToml('[server]\nlisten = ":1"', [{ path: ['server', 'base_url'], value: 'x' }])).to.equal(
      '[server]\nlisten = ":1"\nbase_url = "x"\n',
    );
  });

  it('gives up where the table is written inline, and breaks nothing', async () => {
    const inline = 'server = { listen = ":1" }\n';
    expect(await editToml(inline, [{ path: ['server', 'listen'], value: ':2' }])).to.equal(undefined);
    expect(await editToml(inline, [{ path: ['server', 'base_url'], value: 'x' }])).to.equal(undefined);
  });

  it('changes a file in which the word for the state stands above its table', async () => {
    const text = 'state = "postgres" # ours\n[state.postgres]\nurl = "postgres://a@b/c"\n';
    const url = { path: ['state', 'postgres', 'url'], value: 'postgres://a@d/c' };
    expect(await editToml(text, [url])).to.equal(text.replace('@b', '@d'));
    expect(await editToml(text, [{ path: ['state', 'backend'], value: 'files' }])).to.equal(
      text.replace('"postgres" #', '"files" #'),
    );
  });
});
