import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { claimsFor, clientKey, formOf, now } from './client.ts';
import { OAuthServer } from './oauth-server.ts';

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the token endpoint', () => {
  const server = new OAuthServer();
  const refusal = async (assertion: string, change = {}, headers = {}) => {
    const { status, body, headers: found } = await server.ask(formOf(assertion, change), headers);
    expect(found['content-type']).to.contain('application/json');
    expect(found['cache-control']).to.equal('no-store');
    expect(body.access_token).to.equal(undefined);
    expect(body.error_description).to.match(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+ \(ref [0-9A-Z]{4}-[0-9A-Z]{4}\)$/);
    return { status, error: body.error, text: String(body.error_description) };
  };

  for (const alg of ['RS256', 'PS256', 'ES256', 'EdDSA'])
    it(`gives a token to a client that signs with ${alg}, and the token lets in on both versions`, async () => {
      server.key = await clientKey(alg);
      server.keys.keys = [server.key.published];
      const { status, body, headers } = await server.ask(formOf(await server.assertion(), { scope: 'scim' }));
      expect(status, JSON.stringify(body)).to.equal(200);
      expect(headers['cache-control']).to.equal('no-store');
      expect(body).to.deep.include({ token_type: 'Bearer', expires_in: 3600, scope: 'scim' });
      for (const path of ['/scim/v1/Users', '/scim/v2/Users']) {
        const reply = await server.send('GET', path, { Authorization: `Bearer ${body.access_token}` });
        expect(reply.status, reply.text).to.equal(200);
      }
      expect(server.log.fields.filter((one) => 'actor' in one && one.actor === 'okta')).to.have.length(3);
      expect(JSON.stringify([server.log.lines, server.log.fields])).not.to.contain(body.access_token);
    });

  it('takes the issuer as the audience too, one of several keys without kid, and the client_id beside it', async () => {
    server.keys.keys = [(await clientKey()).published, server.key.published].map(({ kid: _, ...key }) => key);
    const assertion = await server.key.sign(claimsFor(`${server.origin}/scim`), { kid: undefined });
    expect((await server.ask(formOf(assertion, { client_id: 'okta' }))).status).to.equal(200);
  });

  it('refuses what is not signed by a key of the client, with one sentence that holds nothing of it', async () => {
    const other = await clientKey('ES256', server.key.kid);
    const forged = await other.sign(claimsFor(server.endpoint));
    const none = `${base64({ alg: 'none' })}.${base64(claimsFor(server.endpoint))}.`;
    const input = `${base64({ alg: 'HS256', kid: server.key.kid })}.${base64(claimsFor(server.endpoint))}`;
    const hmac = `${input}.${createHmac('sha256', JSON.stringify(server.key.published)).update(input).digest('base64url')}`;
    for (const [assertion, text] of [
      [forged, 'its signature is not by a key of this client'],
      [none, 'alg must be one of RS256, PS256, ES256, EdDSA'],
      [hmac, 'alg must be one of RS256, PS256, ES256, EdDSA'],
      ['not.a.jwt', 'it is no signed JWT'],
      [`${(await server.assertion()).slice(0, -4)}AAAA`, 'its signature is not by a key'],
    ] as const) {
      const { status, error, text: found } = await refusal(assertion);
      expect([status, error]).to.deep.equal([401, 'invalid_client']);
      expect(found).to.contain(text);
      expect(found).not.to.contain(assertion.slice(0, 20));
    }
  });

  it('takes no shared secret from the JWK Set, and no private key that everybody can read', async () => {
    const secret = Buffer.from('x'.repeat(32)).toString('base64url');
    server.keys.keys = [
      { kty: 'oct', k: secret, kid: 'k' },
      { ...server.key.published, d: secret },
    ];
    const { status, error, text } = await refusal(await server.assertion());
    expect([status, error]).to.deep.equal([503, 'temporarily_unavailable']);
    expect(text).to.contain('the JWK Set has no public key');
  });

  it('refuses an assertion whose claims are not as they should be, and says which', async () => {
    for (const [what, change, text] of [
      ['has expired', { exp: now() - 1 }, 'it has expired'],
      ['ends too late', { exp: now() + 3600 }, 'exp is more than 10 minutes ahead'],
      ['never ends', { exp: undefined }, 'exp is missing'],
      ['ends at no time', { exp: 'soon' }, 'exp must be a number'],
      ['is not in force yet', { nbf: now() + 120 }, 'nbf or iat lies in the future'],
      ['is from the future', { iat: now() + 120 }, 'nbf or iat lies in the future'],
      ['is for another server', { aud: 'https://elsewhere.example/token' }, 'aud must be https://127.0.0.1:'],
      ['is for another server too', { aud: ['https://elsewhere.example/token'] }, 'aud must be'],
      ['is for nobody', { aud: [] }, 'aud must be'],
      ['is for all', { aud: undefined }, 'aud must be'],
      ['is of another client', { iss: 'x', sub: 'x' }, 'iss and sub must both be the client_id'],
      ['is about somebody else', { sub: 'x' }, 'iss and sub must both be the client_id'],
      ['has no id', { jti: undefined }, 'jti must be a text'],
      ['has an endless id', { jti: 'x'.repeat(257) }, 'jti must be a text'],
    ] as const) {
      const { status, error, text: found } = await refusal(await server.assertion(change));
      // Ten of them are answered plainly.
      expect([status === 429 ? 401 : status, error], what).to.deep.equal([401, 'invalid_client']);
      expect(found, what).to.contain(text);
    }
  });

  it('lets the clocks differ by a minute', async () => {
    const assertion = await server.assertion({ iat: now() + 30, nbf: now() + 30, exp: now() + 630 });
    expect((await server.ask(formOf(assertion))).status).to.equal(200);
  });

  it('takes an assertion once, however many bring it at the same time', async () => {
    const form = formOf(await server.assertion());
    const replies = await Promise.all(Array.from({ length: 1000 }, () => server.ask(form)));
    expect(replies.filter(({ status }) => status === 200)).to.have.length(1);
    const others = replies.filter(({ status }) => status !== 200);
    expect(others.every(({ body }) => body.error === 'invalid_client')).to.equal(true);
    expect(others.every(({ body }) => body.error_description.includes('used before'))).to.equal(true);
    expect((await server.ask(formOf(await server.assertion()))).status).to.equal(200);
  });

  it('takes an assertion for one app on that app alone, and a token likewise', async () => {
    const form = formOf(await server.assertion());
    expect((await server.ask(form, {}, '/hr/scim/oauth2/token')).body.error_description).to.contain('aud must be');
    const token = await server.token();
    const reply = await server.send('GET', '/hr/scim/v2/Users', { Authorization: `Bearer ${token}` });
    expect(reply.status).to.equal(401);
    expect(reply.body.detail).to.contain('the access token is for another app');
  });

  it('counts refusals, and lets a good client in all the same', async () => {
    const wrong = formOf(await server.assertion({ sub: 'x' }));
    const replies = [];
    for (let attempt = 0; attempt < 11; attempt += 1) replies.push(await server.ask(wrong));
    expect(replies.map(({ status }) => status)).to.deep.equal([...Array.from({ length: 10 }, () => 401), 429]);
    expect(Number(replies.at(-1)?.headers['retry-after'])).to.be.within(1, 60);
    expect((await server.ask(formOf(await server.assertion()))).status).to.equal(200);
  });
});
