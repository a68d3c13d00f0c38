import { expect } from 'chai';
import { formOf } from './client.ts';
import { OAuthServer } from './oauth-server.ts';

describe('a request for an access token', () => {
  const server = new OAuthServer();

  it('is refused in the words of RFC 6749 where it is not made as it should be', async () => {
    const good = await server.assertion();
    for (const [form, status, error, text] of [
      ['', 400, 'invalid_request', 'grant_type is missing'],
      [
        formOf(good, { grant_type: 'password' }),
        400,
        'unsupported_grant_type',
        'grant_type must be client_credentials',
      ],
      [formOf(good, { client_assertion_type: 'x' }), 400, 'invalid_request', 'client_assertion_type must be urn:'],
      [formOf(''), 400, 'invalid_request', 'client_assertion is missing'],
      [`${formOf(good)}&grant_type=client_credentials`, 400, 'invalid_request', 'a parameter twice'],
      [formOf(good, { scope: 'scim admin' }), 400, 'invalid_scope', 'the only scope is scim'],
      [formOf(good, { client_secret: 'hunter2' }), 401, 'invalid_client', 'this client has no secret'],
      [formOf(good, { client_id: 'somebody' }), 401, 'invalid_client', 'the client_id is not the one'],
    ] as const) {
      const reply = await server.ask(form);
      expect([reply.status, reply.body.error], reply.text).to.deep.equal([status, error]);
      expect(reply.body.error_description).to.contain(text);
    }
    const basic = await server.ask(formOf(good), { Authorization: 'Basic b2t0YTpodW50ZXIy' });
    expect([basic.status, basic.body.error]).to.deep.equal([401, 'invalid_client']);
    expect(basic.headers['www-authenticate']).to.equal('Bearer realm="scim-connector"');
    // None of these has used it up.
    expect((await server.ask(formOf(good))).status).to.equal(200);
  });

  it('is a form, and not a large one', async () => {
    const large = await server.ask(formOf('x'.repeat(16 * 1024)));
    expect([large.status, large.body.error]).to.deep.equal([413, 'invalid_request']);
    const json = await server.ask('{}', { 'content-type': 'application/json' });
    expect([json.status, json.body.error]).to.deep.equal([415, 'invalid_request']);
    const packed = await server.ask(formOf('x'), { 'content-encoding': 'gzip' });
    expect(packed.status).to.equal(415);
  });

  it('comes by POST', async () => {
    const { status, headers, body } = await server.send('GET', '/scim/oauth2/token');
    expect([status, headers['allow'], body.error]).to.deep.equal([405, 'POST', 'invalid_request']);
  });

  it('is told of in metadata at the place of RFC 8414 and below the issuer', async () => {
    for (const path of [
      '/.well-known/oauth-authorization-server/scim',
      '/scim/.well-known/oauth-authorization-server',
    ]) {
      const { status, body } = await server.send('GET', path);
      expect(status).to.equal(200);
      expect(body).to.deep.equal({
        issuer: `${server.origin}/scim`,
        token_endpoint: server.endpoint,
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
        token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
        grant_types_supported: ['client_credentials'],
        response_types_supported: [],
        scopes_supported: ['scim'],
      });
    }
  });

  it('is refused under a host name that need not be ours, whatever the assertion says', async () => {
    const assertion = await server.assertion({ aud: 'https://elsewhere.example/scim/oauth2/token' });
    const reply = await server.ask(formOf(assertion), { Host: 'elsewhere.example' });
    expect([reply.status, reply.body.error]).to.deep.equal([400, 'invalid_request']);
    expect(reply.body.error_description).to.contain('set server.base_url');
  });

  it('is about the base URL that is configured, by whatever name it comes', async () => {
    await server.stop();
    await server.start(['base_url = "https://scim.corp.example"']);
    const aud = 'https://scim.corp.example/scim/oauth2/token';
    expect((await server.ask(formOf(await server.assertion({ aud })))).status).to.equal(200);
    expect((await server.ask(formOf(await server.assertion()))).status).to.equal(401);
  });
});
