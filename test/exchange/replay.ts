import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { HttpClient } from '../support/http-client.ts';
import { expectation, fill, type Variables } from '../support/template.ts';
import { type Exchange, exchange } from './exchange.ts';
import { loosened } from './loosen.ts';
import { namesIn, partOf } from './part-of.ts';

export type Recorded = Exchange & { readonly file: string };

/** Every file is one test: adding a test is adding a file. */
export function recordedIn(folder: 'okta-1.1' | 'scim-2.0'): readonly Recorded[] {
  const path = join(import.meta.dirname, folder);
  return readdirSync(path)
    .sort()
    .map((file) => ({ file, ...exchange.parse(JSON.parse(readFileSync(join(path, file), 'utf8'))) }));
}

export const recorded = recordedIn('okta-1.1');

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

/** A directory has an order of its own. */
const inOrder = (found: readonly unknown[], names: readonly string[], kind: Kind): readonly unknown[] =>
  kind === 'directory' ? [...found].sort((a, b) => names.indexOf(String(a)) - names.indexOf(String(b))) : found;

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
    const { status, headers: wanted = {}, body: recordedBody, has, names } = response;
    const model = recordedBody ?? has;
    const shown = kind === 'directory' ? loosened(content, model, variables) : content;
    const actual = {
      status: reply.status,
      headers: Object.fromEntries(Object.keys(wanted).map((key) => [key, reply.headers[key]])),
      body: has ? partOf(shown, has) : names ? undefined : shown,
      names: names && inOrder(namesIn(content), names, kind),
    };
    const expected = expectation({ status, headers: wanted, body: model, names }, actual, variables);
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
