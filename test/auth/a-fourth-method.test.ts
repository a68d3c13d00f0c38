import { expect } from 'chai';
import { startInProcess } from '../support/in-process-server.ts';
import type { TestServer } from '../support/start-server.ts';
import { signature, signedMethod } from './signed-method.ts';

describe('a method that is one more file', () => {
  let server: TestServer;
  const list = (headers: Record<string, string> = {}) => server.request('GET', '/Users', undefined, headers);

  beforeEach(async () => {
    server = await startInProcess({ method: signedMethod('shared') });
  });
  afterEach(() => server.close());

  it('lets in what it accepts, and the log has its name for the caller', async () => {
    const { status } = await list({ 'X-Signature': signature('agent-1', 'shared') });
    expect(status).to.equal(200);
    expect((await server.lines()).some(({ fields }) => fields['actor'] === 'agent-1')).to.equal(true);
  });

  it('refuses the rest in its own words, with its own challenge', async () => {
    for (const [headers, description] of [
      [{}, 'the request has no X-Signature header'],
      [{ 'X-Signature': signature('agent-1', 'guessed') }, 'the signature is not that of the name'],
      [{ Authorization: 'Bearer shared' }, 'the request has no X-Signature header'],
    ] as const) {
      const reply = await list(headers);
      expect(reply.status).to.equal(401);
      expect(reply.headers.get('www-authenticate')).to.equal('Signature realm="scim-connector"');
      expect(reply.body.Errors[0].description).to.contain(description);
    }
  });

  it('has attempts counted for it, and good ones let through all the same', async () => {
    const wrong = { 'X-Signature': signature('agent-1', 'guessed') };
    const statuses = [];
    for (let attempt = 0; attempt < 11; attempt += 1) statuses.push((await list(wrong)).status);
    expect(statuses).to.deep.equal([...Array.from({ length: 10 }, () => 401), 429]);
    expect((await list({ 'X-Signature': signature('agent-1', 'shared') })).status).to.equal(200);
  });
});
