import { chmodSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { checkTrust } from '../../../connector/operations/trust/check-trust.ts';
import type { InstalledAgent } from '../../../connector/operations/trust/installed-agent.ts';
import { hasKeytool, keytool, trust } from '../../support/keytool.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { TrustStage } from './trust-stage.ts';

const USUAL = { password: 'changeit', type: 'JKS' } as const;

describe('whether a truststore trusts the connector', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let stage: TrustStage;
  let file = '';

  before(function () {
    if (!hasKeytool()) this.skip();
  });
  beforeEach(() => {
    stage = new TrustStage(folder.path);
    file = stage.at('cacerts');
  });

  const texts = ({ findings }: { readonly findings: readonly { readonly text: string }[] }): string =>
    findings.map(({ text }) => text).join('\n');

  it('it does with our CA in it, under any alias, and says until when', async () => {
    const served = await stage.own();
    trust(stage.strangers(), 'other', { file, ...USUAL });
    expect(stage.check(file, served)).to.include({ isTrusted: false, anchor: undefined });
    expect(texts(stage.check(file, served))).to.match(
      /^\S+cacerts: the CA of this connector is not in it \(CN=scim-connector CA \S+ [0-9a-f]{8}\): the agent refuses the connector$/,
    );
    trust(served.caFile ?? '', 'Any Alias', { file, ...USUAL });
    const report = stage.check(file, served);
    expect(report.isTrusted).to.equal(true);
    expect(texts(report)).to.match(
      /: the CA of this connector is in it, alias any alias, valid until \d{4}-\d\d-\d\d$/,
    );
  });

  it('it does not any more after a new CA, and the older one is named', async () => {
    const before = await stage.own();
    trust(before.caFile ?? '', 'first', { file, ...USUAL });
    const report = stage.check(file, await stage.own(true));
    expect(report.isTrusted).to.equal(false);
    expect(texts(report)).to.contain('an older CA of this connector is in it, alias first, made ');
  });

  it('a new server certificate under the same CA changes nothing', async () => {
    const before = await stage.own();
    trust(before.caFile ?? '', 'ca', { file, ...USUAL });
    const after = await stage.own();
    expect(after.chain[0].fingerprint256).to.not.equal(before.chain[0].fingerprint256);
    expect(stage.check(file, after).isTrusted).to.equal(true);
  });

  it("the server's own certificate in the place of the CA holds until it is renewed only", async () => {
    const served = await stage.own();
    trust(stage.write('leaf.pem', String(served.chain[0])), 'leaf', { file, ...USUAL });
    const report = stage.check(file, served);
    expect(report.isTrusted).to.equal(false);
    expect(texts(report)).to.match(
      /only the server's own certificate is in it, alias leaf: the agent refuses the next one, from/,
    );
  });

  it('an expired CA is said to be, whatever else is well', async () => {
    const served = await stage.own();
    trust(served.caFile ?? '', 'ca', { file, ...USUAL });
    const report = stage.check(file, served, undefined, Date.now() + 11 * 365 * 86_400_000);
    expect(report.isTrusted).to.equal(false);
    expect(texts(report)).to.match(/is in it, alias ca, but expired on \d{4}-\d\d-\d\d: make a new one, and import it/);
  });

  it("with the customer's certificate its issuer in the truststore counts, sent along or not", async () => {
    for (const withIssuer of [true, false]) {
      const { authority, served } = await stage.customers(withIssuer);
      const store = { file: stage.at(`store-${withIssuer}`), ...USUAL };
      trust(stage.strangers(), 'other', store);
      expect(stage.check(store.file, served).isTrusted, 'nothing').to.equal(false);
      trust(stage.write('issuing.pem', authority.intermediate), 'issuing', store);
      expect(stage.check(store.file, served).anchor?.entry.alias).to.equal('issuing');
      expect(stage.check(store.file, served).isTrusted).to.equal(true);
    }
  });

  it('the root of the customer counts where the issuer is sent along, and not where it is not: Java cannot find it', async () => {
    for (const withIssuer of [true, false]) {
      const { authority, served } = await stage.customers(withIssuer);
      const store = { file: stage.at(`store-${withIssuer}`), ...USUAL };
      trust(stage.write('root.pem', authority.root), 'root', store);
      expect(stage.check(store.file, served).isTrusted, String(withIssuer)).to.equal(withIssuer);
    }
  });

  it('a certificate that only bears the name of the issuer is not taken for it', async () => {
    const { served } = await stage.customers(true);
    const { authority } = await new TrustStage(folder.path).customers(true);
    trust(stage.write('root.pem', authority.root), 'corp root', { file, ...USUAL });
    expect(authority.root).to.contain('BEGIN CERTIFICATE');
    expect(stage.check(file, served)).to.include({ isTrusted: false, anchor: undefined });
  });

  it('a password that is not the usual one is needed for an encrypted store only', async () => {
    const served = await stage.own();
    for (const type of ['JKS', 'PKCS12'] as const)
      trust(served.caFile ?? '', 'ca', { file: stage.at(type), password: 'another password', type });
    expect(stage.check(stage.at('JKS'), served).isTrusted).to.equal(true);
    expect(() => stage.check(stage.at('PKCS12'), served)).to.throw(
      /PKCS12 is encrypted, and its password is not "changeit": name it with --password-file$/,
    );
    expect(() => stage.check(stage.at('JKS'), served, 'wrong')).to.throw(/JKS cannot be opened with this password/);
    const report = stage.check(stage.at('PKCS12'), served, 'another password');
    expect(report.isTrusted).to.equal(true);
    expect(texts(report)).to.contain(
      'is encrypted: Java reads it only if the agent is started with -Djavax.net.ssl.trustStorePassword',
    );
  });

  it('a file that is none is told by its name', async () => {
    const served = await stage.own();
    writeFileSync(file, 'no truststore');
    expect(() => stage.check(file, served)).to.throw(/cacerts is no Java truststore: neither JKS nor PKCS12$/);
    expect(() => stage.check(stage.at('none'), served)).to.throw(/ENOENT/);
  });

  it('an empty truststore is said to be', async () => {
    trust(stage.strangers(), 'other', { file, ...USUAL });
    keytool('-delete', '-alias', 'other', '-keystore', file, '-storepass', 'changeit');
    chmodSync(file, 0o400);
    expect(texts(stage.check(file, await stage.own()))).to.contain('no certificate that Java trusts is in it');
  });

  it('over plain HTTP the agent must be willing, which its settings say', () => {
    const settings = { file: '/opt/agent.config', isReadable: true, allowHttp: false, proxy: undefined };
    const agent: InstalledAgent = { folder: '/opt', version: undefined, system: 'linux', java: undefined, settings };
    expect(texts(checkTrust({ served: undefined, agent }))).to.equal(
      'server.http is on, and allowHttp is not true in /opt/agent.config: the agent refuses http:// base URLs',
    );
    const willing = { ...agent, settings: { ...settings, allowHttp: true } };
    expect(checkTrust({ served: undefined, agent: willing }).isTrusted).to.equal(true);
  });
});
