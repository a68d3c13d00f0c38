import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { installedAgent } from '../../bin/host/installed-agent.ts';
import type { Patient } from '../../connector/operations/doctor/patient.ts';
import type { Verdict } from '../../connector/operations/doctor/step.ts';
import { agentTrust, withAgent } from '../../connector/operations/doctor/steps/agent-trust.ts';
import { STEPS } from '../../connector/operations/doctor/steps.ts';
import { HANDSHAKE_CLASS } from '../../connector/operations/trust/java/handshake-class.ts';
import { AgentFolder } from '../support/agent-folder.ts';
import { CustomerAuthority, type Leaf } from '../support/customer-authority.ts';
import { hasJava } from '../support/java-client.ts';
import { hasKeytool, trust } from '../support/keytool.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SOURCE = join(import.meta.dirname, '../../connector/operations/trust/java/Handshake.java');

/** A certificate that has nothing to do with anybody. */
function strangers(folder: string): string {
  const words = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    '/CN=other',
  ];
  spawnSync('openssl', [...words, '-keyout', join(folder, 'other.key'), '-out', join(folder, 'other.crt')]);
  return join(folder, 'other.crt');
}

/** The folder of the runtime is made once: it takes seconds. */
function linked(): string | undefined {
  if (!hasKeytool() || spawnSync('jlink', ['--version']).status !== 0) return undefined;
  const agent = new AgentFolder(join(mkdtempSync(join(tmpdir(), 'scim-connector-jre-')), 'agent'));
  agent.ownRuntime();
  return agent.path;
}

describe("doctor with the agent's Java", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let runtime = '';
  let server: Server | undefined;
  let authority: CustomerAuthority;

  before(function () {
    runtime = linked() ?? this.skip();
  });
  after(() => runtime && rmSync(join(runtime, '..'), { recursive: true }));
  beforeEach(() => {
    authority = new CustomerAuthority(folder.path);
  });
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    rmSync(store(), { force: true });
  });

  const store = (): string => join(runtime, 'jre/lib/security/cacerts');
  const trusted = (name: string): void =>
    trust(join(folder.path, name), 'our-ca', { file: store(), password: 'changeit', type: 'JKS' });

  /** Shows `leaf` with its issuer. */
  async function serving({ cert, key }: Leaf): Promise<number> {
    const started = createServer({ cert: cert + authority.intermediate, key }).listen(0, '127.0.0.1');
    started.on('tlsClientError', () => undefined);
    server = started;
    await new Promise((resolve) => started.once('listening', resolve));
    return (started.address() as AddressInfo).port;
  }

  const look = (url: string, agentFolder = runtime, called = url): Promise<Verdict> => {
    const patient = { baseUrl: url, oktaUrl: called, trust: { ca: authority.root } };
    return agentTrust(installedAgent(agentFolder), ' --agent-folder X').run(patient as unknown as Patient);
  };

  it('is green when it sets up TLS, and says by which certificate of its truststore', async () => {
    const port = await serving(authority.leaf());
    trusted('root.crt');
    const verdict = await look(`https://localhost:${port}/scim/v1`);
    expect(verdict.text).to.match(/^agent of unknown version: its Java \d\S* sets up TLS 1\.3, by alias our-ca$/);
    expect(verdict.status).to.equal('ok');
  });

  it('is red without the CA, with the file, the command, and what the admin of Okta would see', async () => {
    const port = await serving(authority.leaf());
    trust(strangers(folder.path), 'other', { file: store(), password: 'changeit', type: 'JKS' });
    let alerts = 0;
    server?.on('tlsClientError', () => {
      alerts += 1;
    });
    expect(await look(`https://localhost:${port}/scim/v1`)).to.deep.equal({
      status: 'failed',
      text: "the agent's Java does not trust the certificate",
      cause: `its truststore ${store()} does not lead to it: never imported there, or taken away by an upgrade of the agent`,
      fix: 'Import the authority of that server there, then start the agent again',
      okta: 'The Provisioning Agent call to getImplementedUserManagementCapabilities failed: javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target',
    });
    expect(alerts, 'handshakes that the server takes for a mistrustful agent').to.equal(0);
  });

  it('is red where its Java finds another name in the certificate', async () => {
    const port = await serving(authority.leaf({ names: 'DNS:idm01.corp.example' }));
    trusted('root.crt');
    const verdict = await look(`https://localhost:${port}/scim/v1`);
    expect(verdict.text).to.equal("the agent's Java finds that the certificate is not for localhost");
    expect(verdict)
      .to.have.property('okta')
      .that.matches(/No (subject alternative DNS )?name matching localhost found/);
  });

  it('asks for the name in the base URL at the address where the service is', async () => {
    const port = await serving(authority.leaf({ names: 'DNS:idm01.corp.example' }));
    trusted('root.crt');
    const verdict = await look(
      `https://127.0.0.1:${port}/scim/v1`,
      runtime,
      `https://idm01.corp.example:${port}/scim/v1`,
    );
    expect(verdict.status).to.equal('ok');
  });

  it('is red for a certificate that its Java finds expired', async () => {
    const port = await serving(authority.leaf({ days: -1 }));
    trusted('root.crt');
    const verdict = await look(`https://localhost:${port}/scim/v1`);
    expect(verdict.text).to.equal("the agent's Java finds that the certificate is not valid today");
  });

  it("is yellow with the server's own certificate in the truststore", async () => {
    const port = await serving(authority.leaf());
    trusted('leaf-1.crt');
    const verdict = await look(`https://localhost:${port}/scim/v1`);
    expect(verdict.status).to.equal('warning');
    expect(verdict).to.include({ command: 'scim-connector trust install --agent-folder X' });
  });

  it('goes by the truststore alone where its Java does not run', async () => {
    const port = await serving(authority.leaf());
    trusted('root.crt');
    const other = new AgentFolder(join(folder.path, 'agent'));
    symlinkSync(store(), other.store(strangers(folder.path)).replace('cacerts', 'jssecacerts'));
    rmSync(join(other.path, 'jre/bin/java'));
    symlinkSync('/bin/false', join(other.path, 'jre/bin/java'));
    const verdict = await look(`https://localhost:${port}/scim/v1`, other.path);
    expect(verdict.text).to.match(/leads to the certificate, alias our-ca; the agent's Java could not be asked$/);
  });

  it('is red where there is no agent, or one that refuses plain http', async () => {
    expect((await agentTrust(undefined, '').run({} as Patient)).text).to.equal('no Okta agent on this machine');
    const verdict = await look('http://localhost:8080/scim/v1');
    expect(verdict).to.include({ status: 'failed', okta: 'http protocol is not supported' });
  });

  it('comes right behind the handshake', () => {
    const names = withAgent(STEPS, undefined, '').map(({ name }) => name);
    expect(names.indexOf('agentTrust')).to.equal(names.indexOf('tlsHandshake') + 1);
    expect(names).to.have.length(STEPS.length + 1);
  });

  it('the class is what its source says', function () {
    if (!hasJava()) return this.skip();
    const { status } = spawnSync('javac', ['--release', '8', '-g:none', '-d', folder.path, SOURCE]);
    if (status !== 0) return this.skip();
    expect(readFileSync(join(folder.path, 'Handshake.class')).equals(HANDSHAKE_CLASS)).to.equal(true);
  });
});
