import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEBIAN_CACERTS, trust } from './keytool.ts';

const inPath = (program: string): string => execFileSync('which', [program], { encoding: 'utf8' }).trim();

/** A folder as Okta's agent has it, with programs of the Java here. */
export class AgentFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    mkdirSync(join(path, 'jre', 'bin'), { recursive: true });
    for (const name of ['java', 'keytool']) symlinkSync(inPath(name), join(path, 'jre', 'bin', name));
  }

  get keytool(): string {
    return join(this.path, 'jre', 'bin', 'keytool');
  }

  /** A truststore with one strange certificate. @param layout  `jre`: that of Java 8 */
  store(certificate: string, layout: 'jre' | '.' = '.', type: 'JKS' | 'PKCS12' = 'JKS', password = 'changeit'): string {
    const file = this.#place(layout);
    trust(certificate, 'another', { file, password, type });
    return file;
  }

  /** Every authority that Debian trusts. */
  cacerts(layout: 'jre' | '.' = '.'): string {
    const file = this.#place(layout);
    copyFileSync(DEBIAN_CACERTS, file);
    return file;
  }

  /** A runtime of its own in the place of programs from elsewhere: takes seconds. */
  ownRuntime(): void {
    const jre = join(this.path, 'jre');
    rmSync(jre, { recursive: true });
    execFileSync('jlink', [
      '--add-modules',
      'java.base,jdk.crypto.ec',
      '--output',
      jre,
      '--strip-debug',
      '--no-man-pages',
    ]);
  }

  /** Another program in the place of its keytool: a script of the shell. */
  fakeKeytool(script: string): void {
    rmSync(this.keytool);
    writeFileSync(this.keytool, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  #place(layout: string): string {
    const folder = join(this.path, 'jre', layout, 'lib', 'security');
    mkdirSync(folder, { recursive: true });
    return join(folder, 'cacerts');
  }
}
