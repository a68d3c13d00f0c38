import { execFile, execFileSync, spawnSync } from 'node:child_process';
import type { X509Certificate } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { createAuthority } from '../../../connector/tls/own/create-authority.ts';
import { issueLeaf } from '../../../connector/tls/own/issue-leaf.ts';
import { subtreesOf } from '../../../connector/tls/own/subtrees.ts';
import { serveTls } from '../../support/handshake.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('our certificate authority', () => {
  const folder = temporaryFolder();
  const names = ['idm01.corp.example', 'localhost', '127.0.0.1', '::1', '192.0.2.7'];
  const verify = async (wanted: readonly string[]): Promise<string> => {
    const { root, issuer } = await createAuthority('idm01', subtreesOf(names), Date.now());
    const { certificate } = await issueLeaf(issuer, wanted, Date.now());
    const write = (name: string, pem: X509Certificate): string => {
      writeFileSync(join(folder.path, name), String(pem));
      return join(folder.path, name);
    };
    const words = ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', write('root', root)];
    try {
      return execFileSync(
        'openssl',
        [...words, '-untrusted', write('issuer', issuer.certificate), write('leaf', certificate)],
        { encoding: 'utf8', stdio: 'pipe' },
      );
    } catch (error) {
      return (error as { stderr: string }).stderr;
    }
  };

  it('may sign for its own names', async () => {
    expect(await verify(names)).to.match(/: OK$/m);
    expect(await verify(['below.idm01.corp.example', '127.9.9.9'])).to.match(/: OK$/m);
  });

  for (const name of ['evil.example', 'corp.example', 'xidm01.corp.example', '192.0.2.8', '2001:db8::1']) {
    it(`must not sign for ${name}`, async () => {
      expect(await verify(['localhost', name])).to.match(/permitted subtree violation/);
    });
  }

  describe('in the hands of a thief', () => {
    /** What OpenSSL says to a certificate that the issuer's key has signed. */
    const judged = async (purpose: string, usage: string, name: string): Promise<string> => {
      const { root, issuer } = await createAuthority('idm01', subtreesOf(names), Date.now());
      const at = (file: string, text?: string): string => {
        const path = join(folder.path, file);
        if (text !== undefined) writeFileSync(path, text);
        return path;
      };
      const openssl = (...words: string[]) => spawnSync('openssl', words, { encoding: 'utf8' });
      openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', at('key'), '-subj', '/CN=x', '-out', at('request'));
      const issued = openssl(
        ...['x509', '-req', '-in', at('request'), '-days', '5', '-out', at('forged')],
        ...['-CA', at('issuer', String(issuer.certificate)), '-CAkey', at('issuer.key', issuer.key)],
        ...[
          '-extfile',
          at('extensions', `subjectAltName=${name}\nextendedKeyUsage=${usage}\nkeyUsage=digitalSignature`),
        ],
      );
      expect(issued.status, issued.stderr).to.equal(0);
      const trust = ['-CAfile', at('root', String(root)), '-untrusted', at('issuer')];
      const { stdout, stderr } = openssl('verify', '-purpose', purpose, ...trust, at('forged'));
      return stdout + stderr;
    };

    it('signs no mail and no log-in', async () => {
      expect(await judged('sslserver', 'serverAuth', 'DNS:localhost')).to.match(/: OK$/m);
      expect(await judged('smimesign', 'emailProtection', 'DNS:localhost')).to.match(/unsuitable certificate purpose/);
      expect(await judged('sslclient', 'clientAuth', 'DNS:localhost')).to.match(/unsuitable certificate purpose/);
    });

    for (const name of ['email:boss@corp.example', 'email:a@localhost', 'URI:https://corp.example/'])
      it(`signs for no ${name}`, async () => {
        expect(await judged('any', 'serverAuth', name)).to.match(/permitted subtree violation/);
      });
  });

  it('binds Java, which ignores constraints in its truststore', async function () {
    if (!existsSync('/usr/bin/keytool') || !existsSync('/usr/bin/java')) {
      process.stdout.write('      skipped: no Java here\n');
      return this.skip();
    }
    const { root, issuer } = await createAuthority('idm01', subtreesOf(names), Date.now());
    const answers = await Promise.all(
      [names, ['localhost', 'evil.example']].map(async (wanted) => {
        const { certificate, key } = await issueLeaf(issuer, wanted, Date.now());
        return serveTls({ cert: `${certificate}${issuer.certificate}`, key });
      }),
    );
    writeFileSync(join(folder.path, 'root.pem'), String(root));
    const store = join(folder.path, 'cacerts');
    const trust = ['-importcert', '-noprompt', '-file', join(folder.path, 'root.pem'), '-alias', 'ours'];
    execFileSync('keytool', [...trust, '-keystore', store, '-storepass', 'changeit'], { stdio: 'pipe' });
    writeFileSync(
      join(folder.path, 'Get.java'),
      `public class Get { public static void main(String[] urls) throws Exception { for (String url : urls) {
         try { System.out.println(((java.net.HttpURLConnection) new java.net.URL(url).openConnection()).getResponseCode()); }
         catch (javax.net.ssl.SSLException e) { System.out.println(e.getMessage()); } } } }`,
    );
    const java = await promisify(execFile)('java', [
      ...[`-Djavax.net.ssl.trustStore=${store}`, '-Djavax.net.ssl.trustStorePassword=changeit'],
      join(folder.path, 'Get.java'),
      ...answers.map(({ port }) => `https://localhost:${port}/`),
    ]);
    expect(java.stdout).to.match(/^200\n.*name constraints/);
    for (const { close } of answers) await close();
  });
});
