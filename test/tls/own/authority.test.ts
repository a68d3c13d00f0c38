import { execFile, execFileSync } from 'node:child_process';
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
