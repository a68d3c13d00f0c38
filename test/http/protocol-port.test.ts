import { expect } from 'chai';
import type { Protocol } from '../../connector/protocol/protocol.ts';
import { protocolAt } from '../../connector/protocol/protocols.ts';
import { isPackaged } from '../support/cli.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

const scim11 = protocolAt('/scim/v1');

/** SCIM 1.1 with everything that shows on the wire named otherwise, and one endpoint less. */
const other: Protocol = {
  ...scim11,
  name: 'SCIM 9',
  segment: 'v9',
  unversioned: false,
  routes: scim11.routes.filter(({ path }) => path !== '/Bulk'),
  unknownEndpoint: 'no such thing',
  mediaType: 'application/scim+json',
  answerTo: () => 'application/scim+json',
  decodeResource: (type, body, mode) => {
    const { person, ...rest } = body as { person?: string };
    return scim11.decodeResource(type, { ...rest, userName: person }, mode);
  },
  resourceSteps: (type, body, mode) => {
    const { person, ...rest } = body as { person?: string };
    return scim11.resourceSteps(type, { ...rest, userName: person }, mode);
  },
  encodeResource: (type, resource, encoding) => {
    const { userName, ...rest } = scim11.encodeResource(type, resource, encoding);
    return { ...rest, person: userName };
  },
  encodeError: ({ status, message }) => ({ problem: message, status }),
  mostMembersPatched: 10,
  deleted: { status: 204 },
};

describe('a protocol that is one more codec', function port() {
  if (isPackaged) return;
  let server: TestServer;

  before(async () => {
    server = await startServer({ store: 'memory', protocol: other });
  });
  after(() => server.close());

  it('is spoken by every part of the server, which knows no other', async () => {
    const { status, headers, body } = await server.request('POST', '/Users', { person: 'ann' });
    expect([status, body.person, body.userName]).to.deep.equal([201, 'ann', undefined]);
    expect(headers.get('content-type')).to.match(/^application\/scim\+json/);
    expect(headers.get('location')).to.match(/\/scim\/v9\/Users\//);
    const gone = await server.request('DELETE', `/Users/${body.id}`);
    expect([gone.status, gone.text]).to.deep.equal([204, '']);
  });

  it('says what is wrong in its own shape', async () => {
    const reply = await server.request('GET', '/Users/nobody');
    expect(reply.body).to.deep.equal({ problem: 'User "nobody" not found', status: 404 });
  });

  it('has the endpoints that it lists', async () => {
    const reply = await server.request('POST', '/Bulk', {});
    expect(reply.body).to.deep.equal({ problem: 'no such thing', status: 404 });
  });

  it('is not meant by a base URL with another version or without one', async () => {
    const at = (path: string): Promise<Response> => fetch(server.url.replace('/scim/v9', path));
    expect((await at('/scim/Users')).status).to.equal(404);
    expect(await (await at('/scim/v1/Users')).json()).to.have.property('Errors');
  });
});
