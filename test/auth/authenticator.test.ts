import { createServer, request, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { Authenticator } from '../../connector/auth/authenticator.ts';
import { addCredential } from '../../connector/auth/credentials/add-credential.ts';
import { CredentialStore } from '../../connector/auth/credentials/credential-store.ts';
import type { AuthSettings } from '../../connector/auth/method.ts';
import { type MethodName, methodKind } from '../../connector/auth/methods.ts';
import { Throttle } from '../../connector/auth/throttle.ts';
import type { ScimError } from '../../connector/scim/error.ts';
import { Secret } from '../../connector/secrets/secret.ts';
import { openCertificates } from '../../connector/tls/certificates.ts';
import { recordingLog } from '../support/recording-log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly actor?: string;
  readonly warning?: string;
  readonly retryAfter?: number;
}

interface Expected {
  readonly method?: MethodName;
  readonly store?: CredentialStore | null;
  readonly throttle?: Throttle;
}

const basic = (text: string, encoding: BufferEncoding = 'utf8'): string =>
  `Basic ${Buffer.from(text, encoding).toString('base64')}`;

describe('authentication over TLS', () => {
  const folder = temporaryFolder();
  let log: ReturnType<typeof recordingLog>;
  let store: CredentialStore;
  let server: Server;
  let current: Authenticator;

  beforeEach(async () => {
    log = recordingLog();
    store = new CredentialStore({ stateDir: folder.path, log, lookEvery: 0 });
    const certificates = await openCertificates({ source: 'auto', stateDir: folder.path, log: recordingLog() });
    server = createServer(certificates.current(), async (incoming, response) => {
      const { headers, socket } = incoming;
      const answer = await current.authenticate({ headers, address: socket.remoteAddress ?? '' }).then(
        (accepted) => ({ status: 200, text: '', ...accepted }),
        (error: ScimError) => ({
          status: { unauthorized: 401, throttled: 429 }[error.reason as string] ?? 500,
          text: error.message,
          retryAfter: error.retryAfter,
        }),
      );
      response.end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    certificates.close();
  });
  afterEach(async () => {
    store.close();
    await new Promise((resolve) => server.close(resolve));
  });

  const expecting = (
    settings: Partial<AuthSettings> = {},
    { method = 'header', store: given = store, throttle = new Throttle() }: Expected = {},
  ): void => {
    const app = 'default';
    current = new Authenticator({
      method: methodKind(method).create({ header: 'Authorization', ...settings }, { app, store: given ?? undefined }),
      app,
      throttle,
      log,
    });
  };
  const ask = (headers: Record<string, string> = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const sent = request(
        { host: '127.0.0.1', port, rejectUnauthorized: false, agent: false, headers },
        (response) => {
          response.setEncoding('utf8');
          let text = '';
          response.on('data', (part: string) => {
            text += part;
          });
          response.on('end', () => resolve(JSON.parse(text)));
        },
      );
      sent.on('error', reject);
      sent.end();
    });
  const authorized = (value: string): Promise<Answer> => ask({ Authorization: value });

  describe('by Authorization header', () => {
    it('accepts a token after Bearer, however it is spelled', async () => {
      const token = await addCredential(folder.path, { name: 'okta' });
      expecting();
      for (const word of ['Bearer', 'bearer', 'BEARER ', ' Bearer'])
        expect(await authorized(`${word} ${token}`)).to.deep.equal({ status: 200, text: '', actor: 'okta' });
      expect(log.warnings).to.deep.equal([]);
    });

    it('accepts the bare token, and says once in the log what it lacks', async () => {
      const token = await addCredential(folder.path, { name: 'okta' });
      expecting();
      for (let i = 0; i < 2; i += 1)
        expect(await authorized(token))
          .to.include({ status: 200, actor: 'okta' })
          .and.have.property('warning');
      expect(log.warnings).to.have.lengthOf(1);
      expect(log.warnings[0]).to.match(/lacks the word Bearer/);
    });

    it('accepts a fixed token beside those of the store', async () => {
      const token = await addCredential(folder.path, { name: 'okta' });
      expecting({ token: new Secret('fixed token') });
      expect(await authorized('Bearer fixed token')).to.include({ status: 200, actor: 'configured' });
      expect(await authorized(`Bearer ${token}`)).to.include({ status: 200, actor: 'okta' });
      expecting({ token: new Secret('Bearer x') });
      expect(await authorized('Bearer x')).to.include({ status: 200 });
    });

    it('says what is missing or wrong', async () => {
      const token = await addCredential(folder.path, { name: 'okta' });
      const expired = await addCredential(folder.path, { name: 'short', expires: new Date(Date.now() + 1) });
      const other = await addCredential(folder.path, { name: 'hr', app: 'hr' });
      await new Promise((resolve) => setTimeout(resolve, 5));
      expecting({}, { throttle: new Throttle({ limit: 100 }) });
      const refused: readonly (readonly [Record<string, string>, RegExp])[] = [
        [{}, /^the request has no Authorization header: choose HTTP Header in Okta/],
        [{ Authorization: '' }, /no Authorization header/],
        [{ Authorization: 'Bearer' }, /Bearer is not followed by a token/],
        [
          { Authorization: basic('okta:x') },
          /expects the word Bearer and a token, the request has Basic: choose HTTP Header/,
        ],
        [{ Authorization: `Token ${token}` }, /the request has another scheme/],
        [{ Authorization: `Bearer ${token}x` }, /^the token is not accepted/],
        [{ Authorization: token.slice(1) }, /^the token is not accepted/],
        [{ Authorization: `Bearer ${expired}` }, /^the token has expired: make a new one with token add NAME$/],
        [{ Authorization: `Bearer ${other}` }, /^the token is for another app/],
      ];
      for (const [headers, pattern] of refused) {
        const { status, text } = await ask(headers);
        expect(status, text).to.equal(401);
        expect(text).to.match(pattern);
        for (const secret of [token, expired, other, token.slice(1, 20)]) expect(text).to.not.contain(secret);
      }
      expect(current.challenge).to.equal('Bearer realm="scim-connector"');
      expect([...log.warnings, ...log.notes].join()).to.not.match(/scim_/);
    });

    it('says when there is no credential at all, and notices the first one', async () => {
      expecting();
      expect(await authorized('Bearer x'))
        .to.include({ status: 401 })
        .and.have.property('text')
        .that.matches(/make one on its host with token add NAME$/);
      const token = await addCredential(folder.path, { name: 'okta' });
      expect(await authorized(`Bearer ${token}`)).to.include({ status: 200 });
      expecting({ token: new Secret('') }, { store: null });
      expect(await authorized('Bearer ')).to.include({ status: 401 });
    });
  });

  describe('by a header of another name', () => {
    it('accepts the token with and without Bearer, in that header only', async () => {
      const token = await addCredential(folder.path, { name: 'okta' });
      expecting({ header: 'X-Api-Key' });
      expect(current.header).to.equal('X-Api-Key');
      expect(await ask({ 'x-api-key': token })).to.deep.equal({ status: 200, text: '', actor: 'okta' });
      expect(await ask({ 'X-API-KEY': `Bearer ${token}` })).to.include({ status: 200 });
      const { status, text } = await authorized(`Bearer ${token}`);
      expect([status, text]).to.deep.equal([
        401,
        'the request has no X-Api-Key header, only Authorization: choose HTTP Header in Okta and enter this name and a token',
      ]);
    });
  });

  describe('by Basic', () => {
    it('accepts a fixed password with colons and any letters, in UTF-8 and Latin-1', async () => {
      expecting({ username: 'okta', password: new Secret('P@ss:word//{}é€') }, { method: 'basic' });
      expect(await authorized(basic('okta:P@ss:word//{}é€'))).to.include({ status: 200, actor: 'configured' });
      expect(await authorized(basic('okta:P@ss:word//{}e\u0301€'))).to.include({ status: 200 });
      expecting({ username: 'jürgen', password: new Secret('é') }, { method: 'basic' });
      expect(await authorized(basic('jürgen:é', 'latin1'))).to.include({ status: 200 });
      expect(await authorized(basic('jürgen:é').replace('Basic', 'bAsIc  '))).to.include({ status: 200 });
    });

    it('accepts a password of ours', async () => {
      const password = await addCredential(folder.path, { name: 'agent', basic: 'okta' });
      expecting({}, { method: 'basic' });
      expect(await authorized(basic(`okta:${password}`))).to.deep.equal({ status: 200, text: '', actor: 'agent' });
    });

    it('says what is missing or wrong, the same for user name and password', async () => {
      expecting(
        { username: 'okta', password: new Secret('right') },
        { method: 'basic', throttle: new Throttle({ limit: 100 }) },
      );
      const refused: readonly (readonly [string, RegExp])[] = [
        ['', /^the request has no Authorization header: choose Basic Auth/],
        ['Bearer abc', /expects Basic credentials, the request has Bearer: choose Basic Auth in Okta/],
        ['b2t0YTpyaWdodA==', /the request has something else/],
        ['Basic', /not followed by credentials/],
        ['Basic !!!', /not valid base64/],
        [basic('okta'), /no colon/],
        [basic('okta:wrong'), /^the user name or password is not accepted/],
        [basic('other:right'), /^the user name or password is not accepted/],
        [basic('okta:right:'), /^the user name or password is not accepted/],
        [basic(':'), /^the user name or password is not accepted/],
      ];
      for (const [value, pattern] of refused) {
        const { status, text } = await authorized(value);
        expect(status, text).to.equal(401);
        expect(text)
          .to.match(pattern)
          .and.not.match(/right|wrong/);
      }
      expect(current.challenge).to.equal('Basic realm="scim-connector", charset="UTF-8"');
    });

    it('needs both user name and password in the configuration', async () => {
      for (const half of [
        { username: 'okta' },
        { password: new Secret('x') },
        { username: 'okta', password: new Secret('') },
      ]) {
        expecting(half, { method: 'basic' });
        expect((await authorized(basic('okta:'))).text).to.match(
          /no credential yet: make one on its host with token add NAME --basic/,
        );
      }
    });
  });

  it('lets everybody in when told so', async () => {
    expecting({}, { method: 'none' });
    expect(await ask()).to.deep.equal({ status: 200, text: '', actor: 'anonymous' });
  });

  describe('after too many failures', () => {
    it('answers 429 to failing requests and lets good ones through', async () => {
      let now = 0;
      const token = await addCredential(folder.path, { name: 'okta' });
      expecting({}, { throttle: new Throttle({ limit: 3, window: 60_000, now: () => now }) });
      for (let i = 0; i < 3; i += 1) expect(await authorized('Bearer wrong')).to.include({ status: 401 });
      now = 10_500;
      for (let i = 0; i < 2; i += 1) {
        const { status, text, retryAfter } = await authorized('Bearer wrong');
        expect([status, retryAfter]).to.deep.equal([429, 50]);
        expect(text).to.match(/^the token is not accepted.*try again in 50 s/);
      }
      expect(await authorized(`Bearer ${token}`)).to.include({ status: 200 });
      expect(log.warnings.filter((text) => /too many failed attempts from 127\.0\.0\.1/.test(text))).to.have.lengthOf(
        1,
      );
      now = 60_000;
      expect(await authorized('Bearer wrong')).to.include({ status: 401 });
    });

    it('does not count a request without credentials, which may ask for the challenge', async () => {
      await addCredential(folder.path, { name: 'okta' });
      expecting({}, { throttle: new Throttle({ limit: 0 }) });
      expect(await ask()).to.include({ status: 401 });
      expect(await authorized('Bearer wrong')).to.include({ status: 429 });
    });
  });
});
