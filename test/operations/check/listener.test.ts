import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { runChecks } from '../../../connector/operations/check/check.ts';
import { command, isPackaged } from '../../support/cli.ts';
import { CustomerAuthority, type Leaf } from '../../support/customer-authority.ts';
import { startServer } from '../../support/start-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configuration } from '../configuration.ts';

describe('a check of where the connector listens', () => {
  const folder = temporaryFolder();
  const listener = async (...lines: readonly string[]) =>
    (await runChecks(await configuration(folder.path, '[server]', ...lines)))
      .filter(({ check }) => check === 'listener')
      .map(({ status, failure = '', text }) => `${status} ${failure} ${text}`);
  const taken = async (body: string) => {
    const server = createServer((_, response) => response.end(body)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, port: (server.address() as AddressInfo).port };
  };

  it('says nothing of a free port', async () => {
    const { server, port } = await taken('');
    server.close();
    await once(server, 'close');
    expect(await listener(`listen = "127.0.0.1:${port}"`)).to.deep.equal([]);
    expect(await listener('listen = ":0"')).to.deep.equal([]);
  });

  it('fails for one that another program has, and names it', async () => {
    const { server, port } = await taken('nothing of ours');
    for (const listen of [`127.0.0.1:${port}`, `:${port}`]) {
      const [only, ...more] = await listener(`listen = "${listen}"`);
      expect(more).to.deep.equal([]);
      expect(only).to.contain(`failed usage ${listen} is taken by node (process ${process.pid}); end it, or choose`);
    }
    server.close();
  });

  it('finds nothing wrong with a connector that has it, and says which', async () => {
    const server = await startServer();
    try {
      const listen = new URL(server.url).host;
      const [only = '', ...more] = await listener(`listen = "${listen}"`, 'http = true');
      expect(more).to.deep.equal([]);
      // In this process, or the executable's, or that of what runs it; Linux keeps 15 letters of the name.
      const program = isPackaged ? basename(command[0] ?? '').slice(0, 15) : 'node';
      expect(only).to.contain(`ok  ${listen} is taken by a connector that runs: `);
      expect(only)
        .to.match(/ \S+ \(process \d+\)$/)
        .and.to.contain(`: ${program}`);
    } finally {
      await server.close();
    }
  });

  describe('that a connector over TLS has', () => {
    let server: HttpsServer;
    let listen: string;
    let leaves: readonly Leaf[];
    beforeEach(async () => {
      const authority = new CustomerAuthority(folder.path);
      leaves = [authority.leaf(), authority.leaf()];
      server = createHttpsServer({ ...leaves[0] }, (_, response) => response.end('{"status":"ok"}')).listen(
        0,
        '127.0.0.1',
      );
      await once(server, 'listening');
      listen = `listen = "127.0.0.1:${(server.address() as AddressInfo).port}"`;
    });
    afterEach(() => server.close());
    const withLeaf = (leaf: Leaf | undefined): Promise<readonly string[]> => {
      writeFileSync(join(folder.path, 'a.pem'), leaf?.cert ?? '');
      writeFileSync(join(folder.path, 'a.key'), leaf?.key ?? '', { mode: 0o600 });
      return listener(listen, '[tls]', 'source = "files"', 'cert_file = "a.pem"', 'key_file = "a.key"');
    };

    it('knows this one by its certificate', async () => {
      expect((await withLeaf(leaves[0])).join()).to.match(/^ok .* is taken by a connector that runs: node/);
    });

    it('looks without being taken for an agent that cannot set up TLS', async () => {
      const failures: string[] = [];
      server.on('tlsClientError', ({ message }) => failures.push(message));
      await withLeaf(leaves[0]);
      expect(failures).to.deep.equal([]);
    });

    it('warns where the certificate is another', async () => {
      expect((await withLeaf(leaves[1])).join()).to.match(/^warning .*with another certificate than ours/);
    });

    it('fails where this one was never started', async () => {
      expect((await listener(listen)).join()).to.match(/^failed usage .*a connector that runs.*was never started/);
    });
  });

  it('fails for an address of another machine', async () => {
    expect((await listener('listen = "192.0.2.7:8443"')).join()).to.match(/^failed .*no address of this machine/);
  });

  it('fails where the base URL speaks another protocol to the same port', async () => {
    const base = 'base_url = "http://localhost:8443"';
    expect(await listener('listen = "127.0.0.1:8443"', base)).to.include(
      'failed usage server.base_url says http:// and port 8443 speaks HTTPS: write https:// there',
    );
    const [other] = await listener('listen = "127.0.0.1:443"', 'http = true', 'base_url = "https://localhost"');
    expect(other).to.include('port 443 speaks plain HTTP: write http:// there');
  });

  it('warns of a base URL that leads to another port or address, unless a proxy is named', async () => {
    const port = ['listen = "127.0.0.1:0"', 'base_url = "https://192.0.2.7"'];
    expect((await listener(...port)).join()).to.match(
      /^warning .*leads to 192\.0\.2\.7 and .* at 127\.0\.0\.1:0 alone/,
    );
    expect(await listener(...port, 'trusted_proxies = ["192.0.2.7"]')).to.deep.equal([]);
    expect((await listener('listen = "127.0.0.1:9443"', 'base_url = "https://localhost"')).join()).to.match(
      /^warning .*leads to port 443 and the connector listens at 127\.0\.0\.1:9443: right only behind/,
    );
  });

  it('agrees with a base URL that leads there', async () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]', 'a-name-that-nobody-knows.invalid'])
      expect(await listener('listen = "127.0.0.1:0"', `base_url = "https://${host}:0"`)).to.deep.equal([]);
  });
});
