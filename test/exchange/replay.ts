import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { HttpClient } from '../support/http-client.ts';
import { expectation, fill, type Variables } from '../support/template.ts';
import { type Exchange, exchange } from './exchange.ts';
import { loosened } from './loosen.ts';

const FOLDER = join(import.meta.dirname, 'okta-1.1');

/** Every file is one test: adding a test is adding a file. */
export const recorded = readdirSync(FOLDER)
  .sort()
  .map((file) => ({ file, ...exchange.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))) }));

type Recorded = Exchange & { readonly file: string };

type Kind = 'store' | 'directory';

interface Server {
  readonly url: string;
  readonly http: HttpClient;
}

async function seed({ url, http }: Server, { seed: people }: Exchange, variables: Variables): Promise<void> {
  for (const { as, path, body } of people) {
    const { status, text } = await http.send('POST', url + path, {}, JSON.stringify(fill(body, variables)));
    expect(status, `seed ${as}: ${text}`).to.equal(201);
    variables.set(as, JSON.parse(text).id);
  }
}

async function replay(
  { url, http }: Server,
  { file, steps }: Recorded,
  variables: Variables,
  kind: Kind,
): Promise<void> {
  for (const { name, request, response } of steps) {
    const { method, path, headers, body } = fill(request, variables);
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const reply = await http.send(method, url + path, headers, text);
    const content = reply.text === '' ? undefined : JSON.parse(reply.text);
    const actual = {
      status: reply.status,
      headers: Object.fromEntries(Object.keys(response.headers ?? {}).map((key) => [key, reply.headers[key]])),
      body: kind === 'directory' ? loosened(content, response.body, variables) : content,
    };
    const { status, headers: wanted = {}, body: recordedBody } = response;
    const expected = expectation({ status, headers: wanted, body: recordedBody }, actual, variables);
    expect(actual, `${file}, ${name}: ${reply.text}`).to.deep.equal(expected);
  }
}

/** Plays a conversation against the server at `url`. */
export async function replayed(url: string, conversation: Recorded, kind: Kind = 'store'): Promise<void> {
  const variables: Variables = new Map([['base', url]]);
  const http = new HttpClient();
  try {
    await seed({ url, http }, conversation, variables);
    await replay({ url, http }, conversation, variables, kind);
  } finally {
    http.close();
  }
}
