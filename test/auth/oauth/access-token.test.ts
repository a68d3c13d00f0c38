import { expect } from 'chai';
import { AccessTokens } from '../../../connector/auth/oauth/access-tokens.ts';
import { OAuthServer } from './oauth-server.ts';

const KEY = (): Buffer => Buffer.alloc(32, 'k');
const HOUR = 3_600_000;

describe('an access token', () => {
  it('is good for its time, at its app, with its key, and as it was given', () => {
    let now = 0;
    const tokens = new AccessTokens('default', KEY, () => now);
    const token = tokens.make('okta', HOUR);
    now = HOUR - 1;
    expect(tokens.read(token)).to.deep.equal({ client: 'okta' });
    now = HOUR;
    expect(tokens.read(token)).to.deep.equal({ flaw: 'expired' });
    now = 0;
    expect(new AccessTokens('hr', KEY, () => now).read(token)).to.deep.equal({ flaw: 'otherApp' });
    const otherKey = new AccessTokens(
      'default',
      () => Buffer.alloc(32, 'l'),
      () => now,
    );
    expect(otherKey.read(token)).to.deep.equal({ flaw: 'unknown' });
    for (const bad of [`${token}A`, `${token}=`, token.slice(0, -2), token.slice('scim_at_'.length), 'scim_at_', ''])
      expect(tokens.read(bad), bad).to.deep.equal({ flaw: 'unknown' });
  });

  it('changes when any of it is changed', () => {
    const tokens = new AccessTokens('default', KEY);
    const token = tokens.make('okta', HOUR);
    for (let at = 'scim_at_'.length; at < token.length; at += 1) {
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      expect(tokens.read(changed), String(at)).to.deep.equal({ flaw: 'unknown' });
    }
  });
});

describe('requests with access tokens', () => {
  const server = new OAuthServer();
  const get = (token: string, path = '/scim/v2/Users') =>
    server.send('GET', path, token === '' ? {} : { Authorization: token });

  it('are refused with a challenge that says why, and without one where none was shown', async () => {
    const token = await server.token();
    for (const [shown, challenge] of [
      ['', /^Bearer realm="scim-connector"$/],
      [
        'Bearer x',
        /^Bearer realm="scim-connector", error="invalid_token", error_description="the access token is none/,
      ],
      [token, /error="invalid_token", error_description="the request has no access token after the word Bearer/],
      [`Basic ${Buffer.from('a:b').toString('base64')}`, /error="invalid_token"/],
    ] as const) {
      const { status, headers } = await get(shown);
      expect(status).to.equal(401);
      expect(headers['www-authenticate']).to.match(challenge);
    }
    expect((await get(`bearer ${token}`)).status).to.equal(200);
  });

  it('are announced as OAuth 2.0', async () => {
    const { body } = await get('', '/scim/v2/ServiceProviderConfig');
    expect(body.authenticationSchemes[0].type).to.equal('oauth2');
  });

  it('go on after a restart, and on another connector with the same key', async () => {
    const token = await server.token();
    await server.stop();
    await server.start();
    expect((await get(`Bearer ${token}`)).status).to.equal(200);
    await server.stop();
    await server.start([], 'other');
    expect((await get(`Bearer ${token}`)).status).to.equal(401);
    server.env['KEY'] = 'k'.repeat(40);
    const shared = ['cursor_key = { env = "KEY" }'];
    await server.stop();
    await server.start(shared);
    const second = await server.token();
    await server.stop();
    await server.start(shared, 'other');
    expect((await get(`Bearer ${second}`)).status).to.equal(200);
  });
});
