import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliServer, cli } from '../support/cli.ts';
import { CustomerAuthority } from '../support/customer-authority.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Nobody's a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

interface ToldStep {
  readonly name: string;
  readonly status: string;
  readonly text: string;
  readonly command?: string;
}

describe("doctor, with a customer's own certificate", () => {
  const folder = temporaryFolder();
  /** What is said of TLS, and which steps are red. */
  async function examined(host: string, isRunning: boolean) {
    const authority = new CustomerAuthority(folder.path);
    const { cert, key } = authority.leaf({ names: 'DNS:localhost' });
    writeFileSync(join(folder.path, 'tls.crt'), cert + authority.intermediate);
    writeFileSync(join(folder.path, 'tls.key'), key, { mode: 0o600 });
    const lines = [
      ...['config_version = 1', '[tls]', 'source = "files"', 'cert_file = "tls.crt"', 'key_file = "tls.key"'],
      ...['[apps.default.sqlite]', 'file = "people.db"'],
    ];
    writeFileSync(join(folder.path, 'connector.toml'), `${lines.join('\n')}\n`);
    const options = { cwd: folder.path };
    const port = String(await freePort());
    const words = ['--config', 'connector.toml', '--port', port, '--server.base_url', `https://${host}:${port}`];
    const server = isRunning ? await CliServer.start(words, options) : undefined;
    const { stdout } = await cli(['doctor', ...words, '--json'], options);
    await server?.stop();
    const { steps } = JSON.parse(stdout) as { steps: readonly ToldStep[] };
    return {
      tls: steps.find(({ name }) => name === 'tlsHandshake'),
      red: steps.filter(({ status }) => status === 'failed').map(({ name }) => name),
    };
  }

  for (const isRunning of [true, false]) {
    const where = isRunning ? 'beside the service' : 'in its place';
    it(`warns that agents must know its authority, and goes on, ${where}`, async () => {
      const { tls, red } = await examined('localhost', isRunning);
      expect(tls).to.deep.include({ status: 'warning', command: 'scim-connector trust check' });
      expect(tls?.text).to.match(/this host does not know its authority, and agents must/);
      expect(red).to.deep.equal([]);
    });

    it(`is red where the base URL has a name that it lacks, ${where}`, async () => {
      const { tls, red } = await examined('127.0.0.1', isRunning);
      expect(tls?.text).to.match(/not for 127\.0\.0\.1/);
      expect(tls?.command).to.equal('scim-connector cert show');
      expect(red).to.deep.equal(['tlsHandshake']);
    });
  }
});
