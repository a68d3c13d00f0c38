import { expect } from 'chai';
import { lendCredential } from '../../../connector/operations/doctor/lent-credential.ts';
import { OAuthServer } from '../../auth/oauth/oauth-server.ts';

describe('doctor, where clients log in by OAuth', () => {
  const server = new OAuthServer();

  it('lends itself an access token that lets it in', async () => {
    const { config } = server;
    const [app] = config.apps;
    if (!app) throw new Error('no app');
    const { headers, giveBack } = await lendCredential({ config, app } as Parameters<typeof lendCredential>[0]);
    expect((await server.send('GET', '/scim/v1/Users', headers)).status).to.equal(200);
    expect((await server.send('GET', '/hr/scim/v1/Users', headers)).status).to.equal(401);
    await giveBack();
  });
});
