import { chmodSync, chownSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect } from 'chai';
import { installedAgent } from '../../../bin/host/installed-agent.ts';
import { installTrust, planTrust, type TrustChange } from '../../../connector/operations/trust/install-trust.ts';
import type { ServedChain } from '../../../connector/operations/trust/served-chain.ts';
import { AgentFolder } from '../../support/agent-folder.ts';
import { hasCacerts, hasKeytool, keytool } from '../../support/keytool.ts';
import { rejection } from '../../support/rejection.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { TrustStage } from './trust-stage.ts';

const SUDO = 'sudo scim-connector trust install';

describe('the CA is imported into the truststore of an agent', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let stage: TrustStage;
  let agent: AgentFolder;
  let served: ServedChain;

  before(function () {
    if (!hasKeytool()) this.skip();
  });
  beforeEach(async () => {
    stage = new TrustStage(folder.path);
    agent = new AgentFolder(join(folder.path, 'agent'));
    served = await stage.own();
  });

  const question = (password?: string) => ({ served, agent: installedAgent(agent.path), password });
  const planned = (password?: string): TrustChange => {
    const { change } = planTrust(question(password), { sudo: SUDO });
    if (change === undefined) throw new Error('nothing to be done');
    return change;
  };
  const beside = (store: string): readonly string[] =>
    readdirSync(dirname(store)).filter((name) => name !== basename(store));

  for (const [type, layout] of [
    ['JKS', '.'],
    ['JKS', 'jre'],
    ['PKCS12', '.'],
  ] as const)
    it(`of ${type} in the layout ${layout}: it is trusted then, keytool sees it, and the old file is kept`, async () => {
      const store = agent.store(stage.strangers(), layout, type);
      const before = readFileSync(store);
      const backup = await installTrust(planned(), question());
      expect(keytool('-list', '-keystore', store, '-storepass', 'changeit')).to.contain('2 entries');
      expect(stage.check(store, served).isTrusted).to.equal(true);
      expect(readFileSync(backup).equals(before)).to.equal(true);
      expect(beside(store)).to.deep.equal([basename(backup)]);
      expect(planTrust(question(), { sudo: SUDO }).change, 'once more').to.equal(undefined);
    });

  it('every certificate that was in it is in it afterwards', async function () {
    if (!hasCacerts()) return this.skip();
    const store = agent.cacerts();
    const count = stage.check(store, served).store?.entries.length ?? 0;
    expect(count).to.be.greaterThan(100);
    await installTrust(planned(), question());
    expect(stage.check(store, served).store?.entries).to.have.length(count + 1);
  });

  it('owner and rights stay, and a link stays a link', async () => {
    const real = agent.store(stage.strangers());
    chmodSync(real, 0o640);
    if (process.getuid?.() === 0) chownSync(real, 12_345, 12_346);
    const { uid, gid } = statSync(real);
    const second = new AgentFolder(join(folder.path, 'second'));
    symlinkSync(real, second.store(stage.strangers()).replace('cacerts', 'jssecacerts'));
    agent = second;
    const change = planned();
    expect(basename(change.store)).to.equal('jssecacerts');
    const backup = await installTrust(change, question());
    expect(statSync(real)).to.include({ mode: 0o100_640, uid, gid });
    expect(statSync(backup)).to.include({ mode: 0o100_640, uid, gid });
    expect(stage.check(real, served).isTrusted).to.equal(true);
  });

  it('the password comes from the file that holds it, and neither a command line nor an error shows it', async () => {
    agent.store(stage.strangers(), '.', 'PKCS12', 'another password');
    const words = join(folder.path, 'words');
    const { keytool: real } = planned('another password');
    const change = planned('another password');
    agent.fakeKeytool(`echo "$@" > ${words}; env | grep -c STOREPASS >> ${words}; echo 'keytool error: no'; exit 1`);
    const { message } = await rejection(installTrust(change, question('another password')));
    expect(message).to.match(/^\S+keytool has imported nothing: keytool error: no$/);
    expect(readFileSync(words, 'utf8'))
      .to.match(/-storepass:env \S+ .*\n1\n$/)
      .and.not.contain('another password');
    expect(real).to.equal(agent.keytool);
  });

  it('a password is the same in a locale that has no letters but those of ASCII', async function () {
    if (!hasKeytool()) return this.skip();
    const password = 'pässwörd-1';
    agent.store(stage.strangers(), '.', 'JKS', password);
    const { LC_ALL } = process.env;
    try {
      process.env['LC_ALL'] = 'C';
      await installTrust(planned(password), question(password));
    } finally {
      if (LC_ALL === undefined) delete process.env['LC_ALL'];
      else process.env['LC_ALL'] = LC_ALL;
    }
    expect(planTrust(question(password), { sudo: SUDO }).change).to.equal(undefined);
  });

  it('a password that only reads is not taken to write', async () => {
    agent.store(stage.strangers(), '.', 'JKS', 'another password');
    expect(() => planned()).to.throw(/its password is not "changeit"; name it with --password-file$/);
    await installTrust(planned('another password'), question('another password'));
  });

  it('a truststore that may not be changed is refused, with the command that may', function () {
    const store = agent.store(stage.strangers());
    chmodSync(store, 0o444);
    chmodSync(dirname(store), 0o555);
    if (process.platform === 'win32') return this.skip();
    const isRoot = process.getuid?.() === 0;
    chmodSync(folder.path, 0o755);
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(() => planned()).to.throw(`${store} may not be changed by this account: ${SUDO}`);
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(dirname(store), 0o755);
    }
  });

  it('what keytool makes is looked at before it takes the place of the old one', async () => {
    const store = agent.store(stage.strangers());
    const before = readFileSync(store);
    const change = planned();
    const faults: Readonly<Record<string, RegExp>> = {
      'exit 0': /has not made of .* what it should: nothing was changed/,
      'for f in "$@"; do case "$f" in */cacerts.*) echo garbage > "$f";; esac; done': /is no Java truststore/,
      'exit 3': /keytool has imported nothing: ended with 3/,
    };
    for (const [script, reason] of Object.entries(faults)) {
      agent.fakeKeytool(script);
      expect((await rejection(installTrust(change, question()))).message, script).to.match(reason);
      expect(readFileSync(store).equals(before), script).to.equal(true);
      expect(beside(store), script).to.deep.equal([]);
    }
  });

  it('what another program has written meanwhile is not overwritten', async () => {
    const store = agent.store(stage.strangers());
    const change = planned();
    agent.fakeKeytool(`printf x >> ${store}; exec keytool "$@"`);
    expect((await rejection(installTrust(change, question()))).message).to.match(
      /was changed by another program meanwhile/,
    );
    expect(beside(store)).to.deep.equal([]);
  });

  it("of the customer's chain the highest certificate is imported, and a server's alone is refused", async () => {
    const { served: whole } = await stage.customers(true);
    served = whole;
    agent.store(stage.strangers());
    expect(planned().subject).to.equal('CN=Corp Issuing');
    await installTrust(planned(), question());
    const { served: alone } = await stage.customers(false);
    served = alone;
    expect(() => planned()).to.throw(/nothing to import: append the certificate of CN=Corp Issuing to it$/);
  });

  it('a file that is no program is told as the reason', async () => {
    agent.store(stage.strangers());
    const change = planned();
    agent.fakeKeytool('');
    chmodSync(agent.keytool, 0o644);
    writeFileSync(agent.keytool, 'no program');
    expect((await rejection(installTrust(change, question()))).message).to.match(
      /keytool cannot be run: spawn .* EACCES/,
    );
  });
});
