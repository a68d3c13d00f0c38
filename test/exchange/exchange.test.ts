import { startServer, stores, type TestServer } from '../support/start-server.ts';
import { recorded, replayed } from './replay.ts';

for (const store of stores) {
  describe(`Okta's recorded exchanges on ${store}`, () => {
    let server: TestServer;

    afterEach(() => server.close());

    for (const conversation of recorded) {
      it(conversation.description, async () => {
        server = await startServer({ store, policy: { put: conversation.put } });
        await replayed(server.url, conversation);
      });
    }
  });
}
