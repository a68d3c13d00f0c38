import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HANDSHAKE_CLASS } from './handshake-class.ts';

/** Unit: ms. */
const PATIENCE = 11_000;

export interface JavaHandshake {
  readonly java: string;
  /** In the place of that of this Java. */
  readonly truststore: string | undefined;
  readonly host: string;
  readonly port: number;
  /** That the certificate must have. */
  readonly called: string;
}

export type JavaAnswer =
  | { readonly status: 'ok'; readonly protocol: string; readonly version: string }
  /** Its exception, and what caused it. */
  | { readonly status: 'failed'; readonly text: string }
  /** It did not come to it. */
  | { readonly status: 'none' };

function answerIn(stdout: string): JavaAnswer {
  const [, protocol, version] = /^ok (\S+) (\S+)\s*$/m.exec(stdout) ?? [];
  if (protocol !== undefined && version !== undefined) return { status: 'ok', protocol, version };
  const text = /^failed \| (.*)$/m.exec(stdout)?.[1];
  return text === undefined ? { status: 'none' } : { status: 'failed', text };
}

/** Sets up TLS with another program's Java, as that program would. Sends nothing. */
export async function handshakeByJava({ java, truststore, host, port, called }: JavaHandshake): Promise<JavaAnswer> {
  const folder = mkdtempSync(join(tmpdir(), 'scim-connector-java-'));
  try {
    writeFileSync(join(folder, 'Handshake.class'), HANDSHAKE_CLASS);
    const option = truststore === undefined ? [] : [`-Djavax.net.ssl.trustStore=${truststore}`];
    const words = [...option, '-Duser.language=en', '-cp', folder, 'Handshake', host, String(port), called];
    return await new Promise((resolve) => {
      execFile(java, words, { timeout: PATIENCE, windowsHide: true }, (_, stdout) => resolve(answerIn(stdout)));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
