import { expect } from 'chai';
import { startServer, type TestServer } from '../../support/start-server.ts';

describe('the log line of a request', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  it('says which version of SCIM was spoken', async () => {
    await server.request('GET', '/Users');
    await server.speaking('2.0').request('GET', '/Users/nobody');
    const spoken = (await server.lines()).flatMap(({ fields }) => fields['scim'] ?? []);
    expect(spoken).to.deep.equal(['1.1', '2.0']);
  });
});
