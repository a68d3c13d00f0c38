import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { manifestOf } from '../../../bin/host/agent/jar-manifest.ts';
import { installedAgent } from '../../../bin/host/installed-agent.ts';
import { hasJava } from '../../support/java-client.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe("Okta's agent on this host", () => {
  const folder = temporaryFolder();

  const put = (name: string, text: string | Buffer = ''): string => {
    const file = join(folder.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };

  it('is none where the folder is empty of it, and a folder that is none is refused by its flag', () => {
    expect(installedAgent(folder.path)?.java).to.equal(undefined);
    expect(() => installedAgent(join(folder.path, 'none'))).to.throw(/^--agent-folder: .* is no folder; name the one/);
  });

  for (const [layout, store] of [
    ['of a Java above 8', 'jre/lib/security/cacerts'],
    ['of Java 8', 'jre/jre/lib/security/cacerts'],
    ['of Windows', 'current/jre/lib/security/cacerts'],
  ] as const)
    it(`the truststore in the layout ${layout} is found`, () => {
      const file = put(store);
      put(store.startsWith('current') ? 'current/jre/bin/java.exe' : 'jre/bin/java');
      const { java, system } = installedAgent(folder.path) ?? {};
      expect(java?.truststores).to.deep.equal([file]);
      expect(system).to.equal(store.startsWith('current') ? 'windows' : 'linux');
    });

  it('with both layouts and a Java from elsewhere the one of Java 8 comes first', function () {
    if (!hasJava()) return this.skip();
    const home = /java\.home = (.+)/.exec(
      execFileSync('sh', ['-c', 'java -XshowSettings:properties -version 2>&1'], { encoding: 'utf8' }),
    )?.[1];
    put('jre/jre/lib/security/cacerts');
    for (const name of ['bin', 'lib', 'conf']) symlinkSync(join(home ?? '', name), join(folder.path, 'jre', name));
    const listed = (): readonly string[] => installedAgent(folder.path)?.java?.truststores ?? [];
    expect(listed()[0]).to.equal(join(folder.path, 'jre/jre/lib/security/cacerts'));
  });

  it('jssecacerts comes before cacerts, as Java reads them, and what the agent is started with before both', () => {
    const cacerts = put('jre/lib/security/cacerts');
    const first = put('jre/lib/security/jssecacerts');
    put('jre/bin/java');
    expect(installedAgent(folder.path)?.java?.truststores).to.deep.equal([first, cacerts]);
    put('conf/settings.conf', 'JAVA_OPTS="-Xmx4096m -Djavax.net.ssl.trustStore=/etc/okta/trust.p12"\n');
    expect(installedAgent(folder.path)?.java?.truststores).to.deep.equal(['/etc/okta/trust.p12', first, cacerts]);
  });

  it('a store that two paths lead to is listed once', () => {
    const file = put('jre/lib/security/cacerts');
    put('jre/bin/java');
    mkdirSync(join(folder.path, 'jre/jre/lib/security'), { recursive: true });
    symlinkSync(file, join(folder.path, 'jre/jre/lib/security/cacerts'));
    expect(installedAgent(folder.path)?.java?.truststores).to.have.length(1);
  });

  it('of its settings those that matter are read, and no secret', () => {
    const file = put(
      'agent.config',
      'agentKey = aGVsbG8\nallowHttp = True\nproxyEnabled=true\nproxyScheme=https\nproxyHost = proxy.corp.example\nproxyPort=3128\nproxyPassword=s3cret\n',
    );
    expect(installedAgent(folder.path)?.settings).to.deep.equal({
      file,
      isReadable: true,
      allowHttp: true,
      proxy: 'https://proxy.corp.example:3128',
    });
    put('agent.config', 'orgUrl=https://corp.okta.com\nproxyEnabled=false\nproxyHost=proxy.corp.example\n');
    expect(installedAgent(folder.path)?.settings).to.include({ allowHttp: false, proxy: undefined });
  });

  it('its version stands in the name of its jar, else in the jar, else it is unknown', () => {
    expect(installedAgent(folder.path)?.version).to.equal(undefined);
    put('lib/scim-util-9.9.9.jar');
    put('jre/lib/okta-agent-7.7.7.jar');
    put('bin/OktaProvisioningAgent.jar', jar('Manifest-Version: 1.0\r\nImplementation-Version: 2.1.0.4\r\n'));
    expect(installedAgent(folder.path)?.version).to.equal('2.1.0.4');
    put('bin/OktaProvisioningAgent-3.0.6.jar');
    put('bin/OktaProvisioningAgent.jar', 'no jar at all');
    expect(installedAgent(folder.path)?.version).to.equal('3.0.6');
  });

  it('the manifest of a jar that Java made is read', function () {
    if (!hasJava()) return this.skip();
    const manifest = put('m.txt', 'Implementation-Version: 3.1.4\n');
    put('classes/com/example/a.txt', 'a');
    const words = ['cfm', join(folder.path, 'real.jar'), manifest, '-C', join(folder.path, 'classes'), '.'];
    execFileSync('jar', words);
    expect(manifestOf(join(folder.path, 'real.jar'))).to.match(/^Implementation-Version: 3\.1\.4\r?$/m);
  });

  it('no jar, however it is cut or bent, makes more of itself than that it has no manifest', () => {
    const whole = jar('Implementation-Version: 1.2.3\n');
    for (let end = 0; end < whole.length; end += 1) manifestOf(put('cut.jar', whole.subarray(0, end)));
    // What is packed a thousandfold.
    expect(manifestOf(put('bomb.jar', jar('0'.repeat(10_000_000))))).to.equal(undefined);
    cpSync(put('whole.jar', whole), join(folder.path, 'copy.jar'));
    expect(manifestOf(join(folder.path, 'copy.jar'))).to.contain('1.2.3');
  });
});

/** With sizes behind the packed bytes, as `jar` writes it. */
function jar(manifest: string): Buffer {
  const entry = (name: string, method: number, size: number): Buffer => {
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04_03_4b_50, 0);
    header.writeUInt16LE(method, 8);
    header.writeUInt32LE(size, 18);
    header.writeUInt16LE(name.length, 26);
    return Buffer.concat([header, Buffer.from(name)]);
  };
  return Buffer.concat([
    entry('META-INF/', 0, 0),
    entry('META-INF/MANIFEST.MF', 8, 0),
    deflateRawSync(manifest),
    Buffer.from('and the rest of the file'),
  ]);
}
