import { expect } from 'chai';
import { startServer, type TestServer } from '../support/start-server.ts';

describe('a client that speaks SCIM 2.0 to SCIM 1.1', () => {
  let server: TestServer;
  const hintOf = async (schemas: readonly string[]): Promise<unknown> => {
    server = await startServer();
    await server.request('POST', '/Users', { schemas, userName: 'jsmith' });
    return (await server.lines()).at(-1)?.fields['hint'];
  };

  afterEach(() => server.close());

  it('is served, and the log says what to change in Okta', async () => {
    expect(await hintOf(['urn:ietf:params:scim:schemas:core:2.0:User'])).to.equal(
      'the client speaks SCIM 2.0: put /v1/ in the base URL that Okta has',
    );
  });

  it('is told from one that speaks 1.1', async () => {
    expect(await hintOf(['urn:scim:schemas:core:1.0'])).to.equal(undefined);
  });
});
