import { bytesOf, hidden, spell } from './framing-spellings.ts';
import { type RawAnswer, RawConnection } from './raw-connection.ts';
import type { Bench, Trial } from './trial.ts';
import { type ServeOptions, TOKEN, type TrialServer } from './trial-server.ts';

const CREDENTIAL = `Authorization: Bearer ${TOKEN}\r\n`;
const CANARY = 'canary-of-the-trial';

/** The innocent request of whoever has the connection next. */
const innocent = (path: string): Buffer =>
  Buffer.from(
    `GET ${path}/Users?filter=${encodeURIComponent(`userName eq "${CANARY}"`)} HTTP/1.1\r\nHost: localhost\r\n${CREDENTIAL}\r\n`,
  );

const isRight = ({ status, body }: RawAnswer): boolean => status === 200 && body.includes(`"userName":"${CANARY}"`);

/** One connection: a request spelled strangely, and after it an innocent one where the connection is kept. */
async function tryOne(bench: Bench, server: TrialServer, path: string): Promise<'kept' | 'closed'> {
  const { random } = bench;
  const knows = random.below(2) === 0;
  const spelling = spell(random, path, hidden(path, CREDENTIAL), CREDENTIAL);
  const fail = (text: string): void =>
    bench.fail(`${spelling.what}, ${knows ? 'with' : 'without'} a credential: ${text}`);
  const connection = await RawConnection.open(server.port, server.authority);
  try {
    connection.send(bytesOf(spelling, knows ? CREDENTIAL : ''));
    if (spelling.isShort) connection.end();
    const answer = await connection.next(spelling.method);
    if (answer === 'silence') fail('there is no answer, and the connection stays');
    if (answer === 'closed' || answer === 'silence') return 'closed';
    if (!knows && answer.status < 300) fail(`answered ${answer.status}`);
    if (answer.status >= 500 && answer.status !== 501 && answer.status !== 505) fail(`answered ${answer.status}`);
    if (answer.isLast || spelling.isShort) return 'closed';
    connection.send(innocent(path));
    // What the body hid comes before it, where it was taken for a request: seen below, for somebody is there then.
    const next = await connection.next('GET');
    if (next === 'silence') fail(`after ${answer.status} the next request on the connection has no answer`);
    if (next === 'closed' || next === 'silence') return 'closed';
    if (next.status !== 400 && !isRight(next)) fail(`after ${answer.status} the next request answered ${next.status}`);
    return 'kept';
  } finally {
    connection.close();
  }
}

const peopleOf = async (server: TrialServer): Promise<number> => {
  const { text } = await server.send('GET', '/Users?count=0');
  return (JSON.parse(text) as { totalResults: number }).totalResults;
};

/** @param options  of the server that is tried */
export const framingOf = (options: ServeOptions): Trial => ({
  promise:
    'whatever is said on a connection, nobody gets in without a credential, nothing hangs, and the next request is right',
  counts: 'spellings',
  count: 1_000,
  patience: 1,
  run: async (bench) => {
    const server = await bench.serve(options);
    const path = new URL(server.url).pathname;
    const made = await server.send('POST', '/Users', { schemas: ['urn:scim:schemas:core:1.0'], userName: CANARY });
    if (made.status !== 201) throw new Error(`the canary was answered ${made.status}`);
    let kept = 0;
    for (let n = 0; n < bench.count; n += 1) if ((await tryOne(bench, server, path)) === 'kept') kept += 1;
    const people = await peopleOf(server);
    if (people !== 1) bench.fail(`${people - 1} people were made by what bodies hid`);
    return { 'connections kept': kept };
  },
});

export const framing = framingOf({});
