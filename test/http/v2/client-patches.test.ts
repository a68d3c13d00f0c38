import { startServer, stores, type TestServer } from '../../support/start-server.ts';
import { patchedByClients } from './patched-by-clients.ts';

for (const store of stores)
  describe(`what clients PATCH by SCIM 2.0 (${store})`, () => {
    let server: TestServer;
    before(async () => {
      server = await startServer({ store });
    });
    after(() => server.close());
    patchedByClients(
      () => server.speaking('2.0'),
      (number) => `u${number}@corp.test`,
    );
  });
