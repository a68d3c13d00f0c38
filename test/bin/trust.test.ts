import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { installedAgent } from '../../bin/host/installed-agent.ts';
import { AgentFolder } from '../support/agent-folder.ts';
import { cli } from '../support/cli.ts';
import { hasCacerts, hasKeytool } from '../support/keytool.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const hasLinker = (): boolean => spawnSync('jlink', ['--version']).status === 0;

describe('trust', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let agent: AgentFolder;
  const run = (...words: readonly string[]) => cli(['trust', ...words], { cwd: folder.path });
  const here = (...words: readonly string[]) => run(...words, '--agent-folder', agent.path);

  before(function () {
    if (!hasKeytool() || !hasCacerts()) this.skip();
  });
  beforeEach(async () => {
    agent = new AgentFolder(join(folder.path, 'agent'));
    await cli(['cert', 'renew'], { cwd: folder.path });
  });

  it('check, install, check: from 1 to 0, with the commands for this very agent', async () => {
    const store = agent.cacerts('jre');
    const missing = await here('check');
    expect(missing.code).to.equal(1);
    expect(missing.stdout).to.match(/^failed +truststore +\S+cacerts: the CA of this connector is not in it/m);
    expect(missing.stderr)
      .to.contain(`trust install --agent-folder ${agent.path}\n`)
      .and.contain(
        `sudo ${agent.keytool} -importcert -noprompt -file ${join(folder.path, 'connector-data/tls/ca.crt')}`,
      )
      .and.contain('sudo systemctl restart OktaProvisioningAgent');

    const asked = await here('install');
    expect([asked.code, asked.stderr]).to.deep.equal([2, asked.stderr]);
    expect(asked.stderr).to.match(
      /^\S+cacerts gets the certificate CN=scim-connector CA .*; add --yes if that is meant\n$/,
    );
    const before = readFileSync(store);
    expect((await here('install', '--dry-run')).stdout).to.match(
      /^would import CN=scim-connector CA .* alias scim-connector-/,
    );
    expect(readFileSync(store).equals(before)).to.equal(true);

    const done = await here('install', '--yes');
    expect(done.code).to.equal(0);
    expect(done.stdout).to.match(
      /^imported CN=scim-connector CA \S+ \S+ into \S+cacerts, alias .*; the old one is \S+\.bak\n$/,
    );
    expect(done.stderr).to.contain('sudo systemctl restart OktaProvisioningAgent');
    expect((await here('install', '--yes')).stdout).to.match(
      /it is in it already, alias scim-connector-\S+; nothing was changed/,
    );

    const found = await here('check', '--json');
    expect(found.code).to.equal(0);
    const { trusted, truststore, ca } = JSON.parse(found.stdout);
    expect(trusted).to.equal(true);
    expect(truststore).to.include({ file: store, format: 'JKS' });
    expect(truststore.alias).to.equal(`scim-connector-${ca.sha256.replaceAll(':', '').slice(0, 8).toLowerCase()}`);
    const { stdout } = await cli(['audit', 'list', '--json'], { cwd: folder.path });
    expect(JSON.parse(stdout).at(-1)).to.deep.include({
      action: 'trust install',
      details: { truststore: store, alias: truststore.alias, sha256: ca.sha256 },
    });
  });

  it('without an agent here says so in one sentence, and what to run where there is one', async () => {
    if (installedAgent() !== undefined) return;
    for (const verb of ['check', 'install'] as const) {
      const { code, stdout, stderr } = await run(verb);
      expect(code, verb).to.equal(1);
      expect(stdout + stderr).to.contain(
        'no Okta agent on this machine: whether one trusts the connector can only be told',
      );
      expect(stderr)
        .to.contain('/opt/OktaProvisioningAgent/jre/bin/keytool')
        .and.contain('net stop "Okta Provisioning Agent"');
    }
  });

  it('wrong use ends with 2, and names the flag or the file', async () => {
    const store = agent.cacerts();
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [['check', '--truststore', 'none'], /^none: no such file or folder/],
      [['check', '--agent-folder', 'none'], /^--agent-folder: none is no folder/],
      [['check', '--truststore', store, '--password-file', 'none'], /^none: no such file or folder/],
      [['check', '--truststore', store, '--password-file', folder.path], /folder/],
      [
        ['check', '--truststore', store, '--password-file', 'connector-data/tls/ca.crt'],
        /cannot be opened with this password/,
      ],
      [['check', '--trustore', store], /did you mean --truststore/],
      [[], /trust needs a verb: check or install/],
    ];
    for (const [words, reason] of wrong) {
      const { code, stderr } = await run(...words);
      expect([code, stderr], words.join(' ')).to.satisfy(
        ([, text]: [number, string]) => code === 2 && reason.test(text),
      );
    }
  });

  it('killed in the middle leaves the old truststore whole, and the next one cleans up after it', async () => {
    const store = agent.cacerts();
    const before = readFileSync(store);
    agent.fakeKeytool('for f in "$@"; do case "$f" in */cacerts.*) echo half > "$f";; esac; done; kill -9 $PPID');
    expect((await here('install', '--yes')).code).to.equal(null);
    expect(readFileSync(store).equals(before)).to.equal(true);
    expect(readdirSync(dirname(store))).to.have.length(2);
    rmSync(agent.keytool);
    symlinkSync('/usr/bin/keytool', agent.keytool);
    expect((await here('install', '--yes')).code).to.equal(0);
    expect(readdirSync(dirname(store)).filter((name) => !/^cacerts(\.\d{8}T\d{6}Z\.bak)?$/.test(name))).to.deep.equal(
      [],
    );
    expect((await here('check')).code).to.equal(0);
  });

  it('root changes the truststore, and what is written in the state folder belongs to its owner', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    const store = agent.cacerts();
    chmodSync(folder.path, 0o755);
    const state = join(folder.path, 'connector-data');
    for (const name of ['', ...readdirSync(state, { recursive: true, encoding: 'utf8' })])
      chownSync(join(state, name), 12_345, 12_346);
    // Its copy of the CA is brought back where it is looked at.
    rmSync(join(state, 'tls', 'ca.crt'));
    expect((await here('install', '--yes')).code).to.equal(0);
    expect((await run('check', '--truststore', store)).code).to.equal(0);
    const owners = readdirSync(state, { recursive: true, encoding: 'utf8' }).map(
      (name) => statSync(join(state, name)).uid,
    );
    expect(owners).to.have.length.greaterThan(4);
    expect(new Set(owners)).to.deep.equal(new Set([12_345]));
    expect(statSync(store).uid).to.equal(0);
    expect((await cli(['audit', 'list'], { cwd: folder.path })).stdout).to.contain('trust install');
  });

  it('without any keytool says that a Java is needed', async () => {
    const store = agent.cacerts();
    rmSync(agent.keytool);
    const { code, stderr } = await cli(['trust', 'install', '--yes', '--truststore', store], {
      cwd: folder.path,
      env: { PATH: folder.path },
    });
    expect([code, stderr]).to.deep.equal([1, 'keytool cannot be run: there is none; install a Java\n']);
  });

  it('of both layouts it is the one that the own Java of the agent reads', async function () {
    if (!hasLinker()) return this.skip();
    agent.ownRuntime();
    const [outer, inner] = [agent.cacerts('.'), agent.cacerts('jre')];
    expect((await here('install', '--yes')).stdout).to.contain(`into ${outer}, `);
    const { stdout } = await here('check');
    expect(stdout).to.contain(`${inner}: not looked at, because the agent's Java reads ${outer}`);
    expect((await run('check', '--truststore', inner)).code).to.equal(1);
  });
});
