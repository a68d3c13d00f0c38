import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { cliReference } from '../../bin/cli/cli-reference.ts';
import { cli } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the command line', () => {
  const folder = temporaryFolder();
  const run = (words: string, env: Record<string, string> = {}) =>
    cli(words.split(' ').filter(Boolean), { cwd: folder.path, env });

  it('gives help in every way that people ask for it', async () => {
    const { stdout } = await run('serve --help');
    expect(stdout).to.match(/^scim-connector serve\n/);
    for (const words of ['serve -h', 'help serve'])
      expect(await run(words)).to.include({ code: 0, stdout, stderr: '' });
    const all = await run('--help');
    expect(await run('')).to.include({ code: 2, stdout: all.stdout });
    expect(await run('help')).to.include({ code: 0, stdout: all.stdout });
  });

  it('prints a script that completes verbs', async () => {
    expect((await run('completion bash')).stdout).to.match(/^# bash completion of scim-connector/);
    const asked = await cli(['--get-yargs-completions', 'scim-connector', 'token', '']);
    expect(asked.stdout.split('\n')).to.include.members(['add', 'list', 'revoke']);
  });

  for (const [words, message] of [
    ['serv', 'unknown verb "serv"; did you mean "serve"? (scim-connector --help)'],
    ['config shwo', 'unknown verb "shwo"; did you mean "show"? (scim-connector config --help)'],
    ['config', 'config needs a verb: show, example, schema or reference (scim-connector config --help)'],
    ['token', 'token needs a verb: add, list or revoke (scim-connector token --help)'],
    ['token add', 'NAME is missing (scim-connector token add --help)'],
    ['token add a b', 'an argument too many (scim-connector token add --help)'],
    ['token add a b c', 'an argument too many (scim-connector token add --help)'],
    ['--verison', 'unknown flag --verison; did you mean --version? (scim-connector --help)'],
    ['data export -- -x', 'an argument too many after -- (scim-connector data export --help)'],
    ['init -yx', 'unknown flag -x (scim-connector init --help)'],
    ['serve --prot 1', 'unknown flag --prot; did you mean --port? (scim-connector serve --help)'],
    ['serve --no-port', 'unknown flag --no-port (scim-connector serve --help)'],
    [
      'check --server.deadlin 1s',
      'unknown flag --server.deadlin; did you mean --server.deadline? (scim-connector check --help)',
    ],
    ['check --auth.token x', 'unknown flag --auth.token (scim-connector check --help)'],
    ['serve --db', '--db: needs a value (scim-connector serve --help)'],
    ['serve --db=', '--db: needs a value (scim-connector serve --help)'],
    ['serve --auth', '--auth: needs a value (scim-connector serve --help)'],
    ['serve --db a --db b', '--db: given more than once (scim-connector serve --help)'],
    ['check --config a --config b', '--config: given more than once (scim-connector check --help)'],
    ['check --strict=yes', '--strict: must be true or false, not "yes" (scim-connector check --help)'],
    [
      'serve --put merg',
      '--put: must be one of "merge", "replace", not "merg"; did you mean "merge"? (scim-connector serve --help)',
    ],
    [
      'serve --backend mysql --auth=',
      '--backend: must be one of "sqlite", "ldap", "postgres", not "mysql"\n--auth: must be one of "header", "basic", "none", "oauth", not "" (scim-connector serve --help)',
    ],
    ['serve --port 70000', '--port: must be a whole number from 0 to 65535, not "70000"'],
    ['serve --port -1', '--port: must be a whole number from 0 to 65535, not "-1"'],
    ['serve --host http://x', '--host: must be a name or address of this machine, not "http://x"'],
    [
      'serve --host 0.0.0.0 --http',
      '--http: plain HTTP is refused unless server.listen is a loopback address; set http = false or listen on 127.0.0.1',
    ],
    ['check --server.page_limit x', '--server.page_limit: must be a whole number from 1 to 100000, not "x"'],
    ['okta sheet --app hr', '--app: there is no app "hr"; configured: default'],
    [
      'check --config gone.toml',
      'gone.toml: no such file; name the configuration file with --config or CONNECTOR_CONFIG',
    ],
  ] as const)
    it(`answers 2 and one line to: ${words || 'nothing'}`, async () => {
      const { code, stdout, stderr } = await run(words);
      expect(stderr.replace(`${folder.path}/`, '')).to.equal(`${message}\n`);
      expect(stdout).to.equal('');
      expect(code).to.equal(2);
    });

  it('tells everything that is wrong with the configuration and exits with 2', async () => {
    writeFileSync(join(folder.path, 'c.toml'), 'config_version = 1\n[log]\nlevel = "loud"\nfromat = "json"\n');
    const { code, stderr } = await run('config show --config c.toml');
    expect(stderr.trim().split('\n')).to.have.length(2);
    expect(code).to.equal(2);
  });

  it('prints every help with exit code 0', async () => {
    for (const verb of ['', 'serve', 'check', 'okta', 'token', 'secret', 'cert', 'config', 'version']) {
      const { code, stdout, stderr } = await run(`${verb} --help`);
      expect([code, stderr], verb).to.deep.equal([0, '']);
      expect(stdout, verb).to.contain('scim-connector');
    }
  });

  it('shows commands to copy in the help of every verb', async () => {
    const sections = (await cliReference()).split(/^## /m).filter((section) => section.includes('```'));
    const leaves = sections.filter((section) => !section.includes('\nCommands:\n'));
    expect(leaves.length).to.be.above(20);
    for (const leaf of leaves) {
      const [verb = ''] = leaf.split('\n');
      // Whole, although it may be longer than a line.
      expect(leaf, verb).to.match(new RegExp(`\nExamples:\n  # .+\n  scim-connector ${verb}`));
    }
  });

  it('fits 80 columns in every help, and no command to copy is broken', async () => {
    const helps = [...(await cliReference()).matchAll(/```\n(.*?)```/gs)].map(([, text = '']) => text.trimEnd());
    expect(helps.length).to.be.above(30);
    for (const help of helps) {
      for (const line of help.split('\n')) expect(line.length, line).to.be.at.most(80);
      const [, examples] = help.split('\nExamples:\n');
      if (examples !== undefined)
        expect(examples).to.match(/^(?: {2}# .+\n {2}scim-connector .+(?:\n|$))+(?:\nSettings: |$)/);
    }
    const { stdout } = await run('serve --help');
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).to.be.at.most(80);
  });

  it('prints the version, and with --json what it runs on', async () => {
    const { stdout } = await run('--version');
    const version = JSON.parse((await run('version --json')).stdout);
    expect(version.version).to.equal(stdout.trim());
    expect(version.node).to.match(/^\d+\.\d+\.\d+$/);
    expect(version.sqlite).to.match(/^3\./);
  });

  it('prefers flags to environment to file', async () => {
    writeFileSync(
      join(folder.path, 'c.toml'),
      'config_version = 1\n[server]\nlisten = "[::1]:1"\ndeadline = "3s"\npage_limit = 5\n',
    );
    const { stdout } = await run(
      'config show --json --origin --config c.toml --port 2 --server.deadline 5s --apps.hr.put=replace --tls.names a,b',
      {
        CONNECTOR_SERVER__DEADLINE: '4s',
        CONNECTOR_SERVER__PAGE_LIMIT: '6',
      },
    );
    const { server, apps, tls } = JSON.parse(stdout);
    expect(server.listen).to.deep.equal({ value: '[::1]:2', origin: 'flag --port' });
    expect(server.deadline).to.deep.equal({ value: '5s', origin: 'flag --server.deadline' });
    expect(server.page_limit).to.deep.equal({ value: 6, origin: 'environment CONNECTOR_SERVER__PAGE_LIMIT' });
    expect(apps.hr.put).to.deep.equal({ value: 'replace', origin: 'flag --apps.hr.put' });
    expect(tls.names.value).to.deep.equal(['a', 'b']);
  });

  it('prints no result when it fails with --json, and says why in words', async () => {
    for (const [words, code] of [
      ['token revoke nobody', 5],
      ['cert show', 4],
      ['data export people.jsonl', 3],
      ['okta sheet --app nowhere', 2],
      ['config show --log.level loud', 2],
      ['upgrade', 2],
    ] as const) {
      const failed = await run(`${words} --json`);
      expect([words, failed.code, failed.stdout]).to.deep.equal([words, code, '']);
      expect(failed.stderr).to.match(/^[^{\n]+\n$/);
    }
  });

  it('never prints a secret', async () => {
    const { stdout, stderr } = await run('config show --origin', { CONNECTOR_AUTH__TOKEN: 'hunter2hunter2hunter2' });
    expect(stdout).to.contain('apps.default.auth.token = "[secret]"');
    expect(stdout + stderr).not.to.contain('hunter2');
  });
});
