import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** One GET as Java does it, which Okta's agent is written in. Arguments: the URL, and a file of the CA to trust, if any. */
const SOURCE = `import java.io.*; import java.net.*; import java.security.*; import java.security.cert.*; import javax.net.ssl.*;
public class Get {
  public static void main(String[] args) throws Exception {
    if (args.length > 1) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(new FileInputStream(args[1])));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
    }
    HttpURLConnection connection = (HttpURLConnection) new URL(args[0]).openConnection();
    System.out.println(connection.getResponseCode());
  }
}`;

/** Needs a compiler on the machine that runs the tests. */
export const hasJava = (): boolean => spawnSync('javac', ['-version']).status === 0;

export class JavaClient {
  readonly #folder = mkdtempSync(join(tmpdir(), 'scim-connector-java-'));

  constructor() {
    writeFileSync(join(this.#folder, 'Get.java'), SOURCE);
    execFileSync('javac', ['-nowarn', 'Get.java'], { cwd: this.#folder, stdio: 'ignore' });
  }

  /** @returns what it printed, or the exception it ended with */
  async get(url: string, caFile?: string, options: readonly string[] = []): Promise<string> {
    const words = [...options, '-cp', this.#folder, 'Get', url, ...(caFile === undefined ? [] : [caFile])];
    try {
      return (await promisify(execFile)('java', words)).stdout.trim();
    } catch (error) {
      return String((error as { readonly stderr?: string }).stderr);
    }
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
