import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { HttpClient } from '../support/http-client.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { type Store, stores } from '../support/stores.ts';
import { expectation, fill, type Variables } from '../support/template.ts';
import { type Exchange, exchange } from './exchange.ts';

const FOLDER = join(import.meta.dirname, 'okta-1.1');

/** Every file is one test: adding a test is adding a file. */
const recorded = readdirSync(FOLDER)
  .sort()
  .map((file) => [file, exchange.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')))] as const);

const http = new HttpClient();

async function seed(url: string, { seed: people }: Exchange, variables: Variables): Promise<void> {
  for (const { as, path, body } of people) {
    const { status, text } = await http.send('POST', url + path, {}, JSON.stringify(fill(body, variables)));
    expect(status, `seed ${as}: ${text}`).to.equal(201);
    variables.set(as, JSON.parse(text).id);
  }
}

async function replay(url: string, { steps }: Exchange, variables: Variables): Promise<void> {
  for (const { name, request, response } of steps) {
    const { method, path, headers, body } = fill(request, variables);
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const reply = await http.send(method, url + path, headers, text);
    const actual = {
      status: reply.status,
      headers: Object.fromEntries(Object.keys(response.headers ?? {}).map((key) => [key, reply.headers[key]])),
      body: reply.text === '' ? undefined : JSON.parse(reply.text),
    };
    const { status, headers: wanted = {}, body: content } = response;
    const expected = expectation({ status, headers: wanted, body: content }, actual, variables);
    expect(actual, `${name}: ${reply.text}`).to.deep.equal(expected);
  }
}

after(() => http.close());

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
        const variables: Variables = new Map([['base', server.url]]);
        await seed(server.url, conversation, variables);
        await replay(server.url, conversation, variables);
      });
    }
  });
}
