import { startServer, stores, type TestServer } from '../support/start-server.ts';
import { recorded, recordedIn, replayed } from './replay.ts';

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

  describe(`exchanges in SCIM 2.0 on ${store}`, () => {
    let server: TestServer;

    afterEach(() => server.close());

    for (const conversation of recordedIn('scim-2.0')) {
      it(conversation.description, async () => {
        const { put, dialect = 'compatible' } = conversation;
        server = await startServer({ store, version: '2.0', dialect, policy: { put } });
        await replayed(server.url, conversation);
      });
    }
  });
}
