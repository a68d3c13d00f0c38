import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliServer, cli } from '../support/cli.ts';
import { CustomerAuthority } from '../support/customer-authority.ts';
import { shake } from '../support/handshake.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LOCKS_OUT = 'a new CA locks out all agents until they have imported it';

describe('cert', () => {
  const folder = temporaryFolder();
  const at = (...names: readonly string[]) => join(folder.path, ...names);
  const run = (...words: readonly string[]) => cli(['cert', ...words], { cwd: folder.path });
  const json = async (...words: readonly string[]) => JSON.parse((await run(...words, '--json')).stdout);
  const ca = () => readFileSync(at('connector-data', 'tls', 'ca.crt'), 'utf8');

  it('show and export-ca end with 4 before there is a certificate', async () => {
    for (const verb of ['show', 'export-ca'])
      expect(await run(verb)).to.deep.equal({
        code: 4,
        stdout: '',
        stderr: 'there is no certificate yet: the first "serve" or "cert renew" makes one\n',
      });
  });

  it('renew makes the first certificate, and show shows it', async () => {
    const { code, stdout, stderr } = await run('renew');
    expect(code).to.equal(0);
    expect(stderr).to.match(/^made a certificate authority for .*ca\.crt \(SHA-256 [0-9A-F:]{95}\)/);
    const { fingerprint256 } = new X509Certificate(ca());
    expect(stdout)
      .to.match(/^valid until {5}\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ, \d+ days left$/m)
      .and.contain(`CA SHA-256      ${fingerprint256}`);
    expect(await run('show')).to.deep.equal({ code: 0, stdout, stderr: '' });
  });

  it('show --json gives dates, names and fingerprints', async () => {
    await run('renew');
    const shown = await json('show');
    expect(shown).to.have.all.keys(
      ...['source', 'subject', 'issuer', 'names', 'notBefore', 'notAfter', 'fingerprint256', 'caFile', 'ca'],
    );
    expect(shown.names).to.include.members(['localhost', '127.0.0.1', '::1']);
    expect(Date.parse(shown.notAfter)).to.be.above(Date.now());
    expect(shown.ca).to.have.all.keys('file', 'fingerprint256', 'notAfter');
    expect(shown.ca.fingerprint256).to.equal(new X509Certificate(ca()).fingerprint256);
  });

  it('show says when the certificate is not served', async () => {
    await run('renew');
    expect((await run('show', '--server.http')).stderr).to.equal('It is not served: server.http is on.\n');
  });

  it('renew keeps the CA, so that agents need nothing', async () => {
    const before = await json('renew');
    const after = await json('renew');
    expect(after.fingerprint256).not.to.equal(before.fingerprint256);
    expect(after.ca).to.deep.equal(before.ca);
  });

  it('renew --ca asks nobody the first time: no agent trusts anything yet', async () => {
    expect((await run('renew', '--ca')).code).to.equal(0);
  });

  it('renew --ca changes nothing in a script that does not say --yes', async () => {
    await run('renew');
    const before = ca();
    expect(await run('renew', '--ca')).to.deep.equal({
      code: 2,
      stdout: '',
      stderr: `${LOCKS_OUT}; add --yes if that is meant\n`,
    });
    expect(ca()).to.equal(before);
  });

  it('renew --ca asks too when only the public half is gone or the CA is damaged', async () => {
    await run('renew');
    rmSync(at('connector-data', 'tls', 'ca.crt'));
    expect((await run('renew', '--ca')).code).to.equal(2);
    writeFileSync(at('connector-data', 'tls', 'issuer.pem'), 'damaged');
    expect((await run('renew', '--ca')).code).to.equal(2);
    expect((await run('renew', '--ca', '--yes')).code).to.equal(0);
    expect((await run('show')).code).to.equal(0);
  });

  it('renew --ca --yes makes a new CA and warns even when quiet', async () => {
    const before = await json('renew');
    const { code, stdout, stderr } = await run('renew', '--ca', '--yes', '--quiet', '--json');
    expect(code).to.equal(0);
    expect(JSON.parse(stdout).ca.fingerprint256).not.to.equal(before.ca.fingerprint256);
    expect(stderr).to.equal(`warning: ${LOCKS_OUT}: run "cert export-ca FILE" and, on each of them, what it prints\n`);
  });

  it('export-ca prints the PEM alone on stdout, and writes the same into a file', async () => {
    await run('renew');
    const { stdout, stderr } = await run('export-ca');
    expect(stdout).to.equal(ca());
    expect(stderr).to.contain('-importcert -noprompt -file ca.pem -alias scim-connector-');
    const written = await run('export-ca', 'new.pem');
    expect([written.code, written.stdout]).to.deep.equal([0, '']);
    expect(written.stderr)
      .to.match(/^wrote \S+new\.pem\n/)
      .and.contain(`-file ${at('new.pem')} `);
    expect(readFileSync(at('new.pem'), 'utf8')).to.equal(ca());
    const exported = await json('export-ca', 'new.pem');
    expect(exported).to.have.all.keys('file', 'pem', 'fingerprint256', 'notAfter', 'permitted', 'alias', 'keytool');
    expect(exported.keytool).to.have.all.keys('linux', 'windows');
  });

  describe("with the customer's own", () => {
    const customer = (): { cert: string; key: string; fingerprint: string } => {
      const authority = new CustomerAuthority(folder.path);
      const { cert, key } = authority.leaf();
      writeFileSync(at('server.crt'), cert + authority.intermediate);
      writeFileSync(at('server.key'), key, { mode: 0o600 });
      return { cert, key, fingerprint: new X509Certificate(cert).fingerprint256 };
    };
    const FILES = ['--tls.source=files', '--tls.cert_file=server.crt', '--tls.key_file=server.key'];
    const PFX = ['--tls.source=pfx', '--tls.pfx_file=server.pfx'];
    const makePfx = () =>
      execFileSync(
        'openssl',
        [
          ...['pkcs12', '-export', '-in', at('server.crt'), '-inkey', at('server.key')],
          ...['-out', at('server.pfx'), '-passout', 'pass:open sesame'],
        ],
        { stdio: 'pipe' },
      );

    it('show reads PEM files as the server would', async () => {
      const { fingerprint } = customer();
      const { code, stdout, stderr } = await run('show', ...FILES);
      expect(code).to.equal(0);
      expect(stderr).to.match(/^warning: \S+server\.crt ends at an issuer that is not in it, CN=Corp Root: .*\n$/);
      expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).to.deep.include.members([
        ['source', 'files'],
        ['subject', 'CN=idm01.corp.example'],
        ['issuer', 'CN=Corp Issuing'],
        ['names', 'idm01.corp.example, localhost'],
        ['SHA-256', fingerprint],
      ]);
      expect(stdout).not.to.contain('CA ');
    });

    it('show opens a PFX file with the stored passphrase', async () => {
      const { fingerprint } = customer();
      makePfx();
      await cli(['secret', 'set', 'tls'], { cwd: folder.path, input: 'open sesame\n' });
      writeFileSync(
        at('c.toml'),
        'config_version = 1\n[tls]\nsource = "pfx"\npfx_file = "server.pfx"\npassphrase = { secret = "tls" }\n',
      );
      const shown = await json('show', '--config', 'c.toml');
      expect(shown).to.include({ source: 'pfx', subject: 'CN=idm01.corp.example', fingerprint256: fingerprint });
      expect(shown).not.to.have.any.keys('ca', 'caFile');
    });

    it('show ends with 4 when files are missing, do not fit, or need a passphrase', async () => {
      const { cert } = customer();
      makePfx();
      const ended = async (words: readonly string[]) => {
        const { code, stdout, stderr } = await run('show', ...words);
        expect([code, stdout]).to.deep.equal([4, '']);
        return stderr;
      };
      expect(await ended(PFX)).to.match(/server\.pfx is encrypted: configure its passphrase/);
      writeFileSync(at('other.key'), new CustomerAuthority(folder.path).leaf().key, { mode: 0o600 });
      writeFileSync(at('server.crt'), cert);
      expect(await ended([...FILES.slice(0, 2), '--tls.key_file=other.key'])).to.match(/does not belong to/);
      expect(await ended([...FILES.slice(0, 2), '--tls.key_file=gone.key'])).to.match(/gone\.key does not exist/);
    });

    it('renew and export-ca have nothing to do and say so', async () => {
      customer();
      for (const [verb, what] of [
        ['renew', 'renew'],
        ['export-ca', 'export'],
      ] as const) {
        const { code, stdout, stderr } = await run(verb, ...FILES);
        expect([code, stdout]).to.deep.equal([4, '']);
        expect(stderr).to.equal(`tls.source is "files": there is no CA of ours to ${what} with\n`);
      }
    });
  });

  describe('while a server runs', () => {
    const words = ['--port', '0', '--auth', 'none'];
    let server: CliServer | undefined;
    const start = async () => {
      server = await CliServer.start(words, { cwd: folder.path });
      return server;
    };
    afterEach(async () => {
      await server?.stop();
      server = undefined;
    });
    const shown = async ({ url }: CliServer, trusted: string) =>
      (await shake(Number(new URL(url).port), { ca: trusted, host: '127.0.0.1' })).fingerprint;

    it('renew puts a new certificate before new connections, under the CA that agents trust', async () => {
      const running = await start();
      const trusted = ca();
      const before = await shown(running, trusted);
      const { fingerprint256 } = await json('renew');
      running.signal('SIGHUP');
      await running.logged(/serving a new certificate/);
      const after = await shown(running, trusted);
      expect(after).to.equal(fingerprint256).and.not.to.equal(before);
    });

    it('renew --ca locks out who has not imported the new CA, and nobody else', async () => {
      const running = await start();
      const trusted = ca();
      await run('renew', '--ca', '--yes');
      running.signal('SIGHUP');
      await running.logged(/serving a new certificate/);
      const refused = await shown(running, trusted).catch((error: NodeJS.ErrnoException) => error.code);
      expect(refused).to.match(/CERT|ISSUER|VERIFY/);
      expect(await shown(running, ca())).to.match(/^[0-9A-F:]{95}$/);
    });
  });
});
