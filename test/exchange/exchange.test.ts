import { startServer, type TestServer } from '../support/start-server.ts';
import { type Store, stores } from '../support/stores.ts';
import { recorded, replayed } from './replay.ts';

for (const [name, open] of Object.entries(stores)) {
  describe(`Okta's recorded exchanges on ${name}`, () => {
    let store: Store;
    let server: TestServer;

    beforeEach(async () => {
      store = await open();
    });

    afterEach(async () => {
      await server.close();
      await store.discard();
    });

    for (const [file, conversation] of recorded) {
      it(`${conversation.description} (${conversation.contract}, ${file})`, async () => {
        server = await startServer({ backend: store.backend, policy: { put: conversation.put } });
        await replayed(server.url, conversation);
      });
    }
  });
}
