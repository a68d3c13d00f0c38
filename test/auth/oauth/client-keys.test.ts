import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { fetchKeys } from '../../../connector/auth/oauth/fetch-keys.ts';
import { KeyFile } from '../../../connector/auth/oauth/key-file.ts';
import { RemoteKeys } from '../../../connector/auth/oauth/remote-keys.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { clientKey, formOf } from './client.ts';
import { OAuthServer } from './oauth-server.ts';

const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: Error) => error.message,
  );

describe("a client's keys at its jwks_uri", () => {
  const server = new OAuthServer();
  const place = (patience = 5000) => ({ uri: server.keys.uri, caFile: server.keys.caFile, patience });

  it('are fetched once for many, and again for a kid that is not among them', async () => {
    await Promise.all(Array.from({ length: 20 }, () => server.token()));
    expect(server.keys.asked).to.equal(1);
    server.key = await clientKey();
    const before = await server.ask(formOf(await server.assertion()));
    expect([before.status, before.body.error]).to.deep.equal([401, 'invalid_client']);
    expect(before.body.error_description).to.contain('no key with its kid');
    expect(server.keys.asked).to.equal(2);
    // Not again within a minute, whoever asks.
    server.keys.keys = [server.key.published];
    expect((await server.ask(formOf(await server.assertion()))).status).to.equal(401);
    expect(server.keys.asked).to.equal(2);
  });

  it('are the new ones at once after they were changed', async () => {
    await server.token();
    const old = server.key;
    server.key = await clientKey();
    server.keys.keys = [server.key.published];
    await server.token();
    server.key = old;
    expect((await server.ask(formOf(await server.assertion()))).status).to.equal(401);
  });

  it('are waited for no longer than allowed, taken from no other place, and no more of them than fit', async () => {
    const { keys } = server;
    for (const [instead, text] of [
      [(r) => r.writeHead(302, { location: keys.uri }).end(), 'a redirect; name the final place in auth.jwks_uri'],
      [(r) => r.writeHead(404).end(), 'it answered 404'],
      [(r) => r.end('x'.repeat(65 * 1024)), 'longer than 65536 bytes'],
      [(r) => r.end('<html>'), 'no JSON'],
      [(r) => r.end('{}'), 'no JWK Set'],
      [(r) => r.end('{"keys":[]}'), 'no public key'],
      [(r) => r.write('{'), 'does not answer within 0.2 s'],
      [() => undefined, 'does not answer within 0.2 s'],
    ] as [NonNullable<typeof keys.instead>, string][]) {
      keys.instead = instead;
      expect(await messageOf(fetchKeys(place(200)))).to.contain(text);
    }
    keys.instead = undefined;
    expect(await messageOf(fetchKeys({ uri: keys.uri }))).to.contain('name its CA in auth.jwks_ca_file');
    expect(await messageOf(fetchKeys({ ...place(), caFile: '/nowhere' }))).to.contain('jwks_ca_file cannot be read');
  });

  it('are missed with 503 and the reason where their server is down, and clients with a token work on', async () => {
    const token = await server.token();
    await server.stop();
    await server.keys.stop();
    await server.start();
    const { status, body, headers } = await server.ask(formOf(await server.assertion()));
    expect([status, body.error]).to.deep.equal([503, 'temporarily_unavailable']);
    expect(headers['retry-after']).to.equal('5');
    expect(body.error_description).to.contain('the keys of this client cannot be had: nothing listens there');
    expect(server.log.lines.join('\n')).to.contain('warn the keys of an OAuth client cannot be fetched');
    expect((await server.send('GET', '/scim/v2/Users', { Authorization: `Bearer ${token}` })).status).to.equal(200);
  });
});

describe('remembered keys', () => {
  const set = (kid: string) => ({ keys: [{ kty: 'EC', kid }] });
  let now = 0;
  let asked = 0;
  let answer = () => set('a');
  const remembered = () =>
    new RemoteKeys(
      async () => {
        asked += 1;
        return answer();
      },
      recordingLog(),
      () => now,
    );
  beforeEach(() => {
    now = 0;
    asked = 0;
    answer = () => set('a');
  });

  it('are asked for again after ten minutes, and for an unknown kid once a minute', async () => {
    const keys = remembered();
    for (const [at, kid, times] of [
      [0, 'a', 1],
      [599_999, 'a', 1],
      [600_000, 'a', 2],
      [600_001, 'b', 3],
      [600_002, 'b', 3],
      [660_000, 'c', 3],
      [660_001, 'c', 4],
    ] as const) {
      now = at;
      await keys.keys(kid);
      expect(asked, String(at)).to.equal(times);
    }
  });

  it('serve an hour while their server is down, which is asked every five seconds at most', async () => {
    const keys = remembered();
    await keys.keys('a');
    answer = () => {
      throw new Error('down');
    };
    now = 600_000;
    for (let again = 0; again < 10; again += 1) expect(await keys.keys('a')).to.deep.equal(set('a'));
    expect(asked).to.equal(2);
    now = 605_000;
    await keys.keys('a');
    expect(asked).to.equal(3);
    now = 3_600_000;
    expect(await messageOf(keys.keys('a'))).to.equal('down');
    answer = () => set('b');
    now += 5000;
    expect(await keys.keys('b')).to.deep.equal(set('b'));
  });
});

describe("a client's keys in a file", () => {
  const folder = temporaryFolder();
  const file = () => join(folder.path, 'keys');

  it('are a JWK Set or PEM, and what is written there counts at once', async () => {
    const keys = new KeyFile(file());
    expect(await messageOf(keys.keys())).to.equal('the file of jwks_file cannot be read (ENOENT)');
    const { published } = await clientKey('ES256', 'one');
    writeFileSync(file(), JSON.stringify({ keys: [published] }));
    expect(await keys.keys()).to.deep.equal({ keys: [published] });
    const { createPublicKey, generateKeyPairSync } = await import('node:crypto');
    const { x, y, crv, kty } = published as { x: string; y: string; crv: string; kty: string };
    const pem = createPublicKey({ format: 'jwk', key: { x, y, crv, kty } }).export({ format: 'pem', type: 'spki' });
    writeFileSync(file(), `${pem}${pem}`);
    expect(await keys.keys()).to.deep.equal({
      keys: [
        { crv, kty, x, y },
        { crv, kty, x, y },
      ],
    });
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(file(), privateKey.export({ format: 'pem', type: 'pkcs8' }));
    expect(await messageOf(keys.keys())).to.contain('the file holds a private key');
    expect(readFileSync(file(), 'utf8')).to.contain('PRIVATE');
  });
});
