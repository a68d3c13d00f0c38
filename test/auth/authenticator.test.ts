import { expect } from 'chai';
import { addCredential } from '../../connector/auth/credentials/add-credential.ts';
import { Throttle } from '../../connector/auth/throttle.ts';
import { Secret } from '../../connector/secrets/secret.ts';
import { basic, guardedServer } from './guarded-server.ts';

describe('authentication over TLS', () => {
  const guarded = guardedServer();
  const { folder, expecting, ask, authorized } = guarded;

  describe('by Authorization header', () => {
    it('accepts a token after Bearer, however it is spelled', async () => {
      const token = await addCredential(folder.path, { name: 'okta' });
      expecting();
      for (const word of ['Bearer', 'bearer', 'BEARER ', ' Bearer'])
        expect(await authorized(`${word} ${token}`)).to.deep.equal({ status: 200, text: '', actor: 'okta' });
      expect(guarded.log.warnings).to.deep.equal([]);
    });

    it('accepts the bare token, and says once in the log what it lacks', async () => {
      const token = await addCredential(folder.path, { name: 'okta' });
      expecting();
      for (let i = 0; i < 2; i += 1)
        expect(await authorized(token))
          .to.include({ status: 200, actor: 'okta' })
          .and.have.property('warning');
      expect(guarded.log.warnings).to.have.lengthOf(1);
      expect(guarded.log.warnings[0]).to.match(/lacks the word Bearer/);
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
      expect(guarded.current.challenge).to.equal('Bearer realm="scim-connector"');
      expect([...guarded.log.warnings, ...guarded.log.notes].join()).to.not.match(/scim_/);
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
      expect(guarded.current.header).to.equal('X-Api-Key');
      expect(await ask({ 'x-api-key': token })).to.deep.equal({ status: 200, text: '', actor: 'okta' });
      expect(await ask({ 'X-API-KEY': `Bearer ${token}` })).to.include({ status: 200 });
      const { status, text } = await authorized(`Bearer ${token}`);
      expect([status, text]).to.deep.equal([
        401,
        'the request has no X-Api-Key header, only Authorization: choose HTTP Header in Okta and enter this name and a token',
      ]);
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
      expect(
        guarded.log.warnings.filter((text) => /too many failed attempts from 127\.0\.0\.1/.test(text)),
      ).to.have.lengthOf(1);
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
