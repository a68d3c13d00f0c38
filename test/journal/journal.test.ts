import { expect } from 'chai';
import { type KeptServer, startKept } from './kept.ts';

describe('the journal', () => {
  let server: KeptServer;
  beforeEach(async () => {
    server = await startKept();
  });
  afterEach(() => server.close());

  const person = (userName: string, more: object = {}) => ({
    schemas: ['urn:scim:schemas:core:1.0'],
    userName,
    name: { givenName: 'Ana', familyName: 'Lopez' },
    emails: [{ value: `${userName}@example.com`, type: 'work', primary: true }],
    ...more,
  });

  it('tells what was created, changed and deleted, and what Okta wanted by it', async () => {
    const { body } = await server.request('POST', '/Users', person('ana', { password: 'Secret-1-planted' }));
    await server.request('PUT', `/Users/${body.id}`, { ...person('ana'), active: false });
    await server.request('PUT', `/Users/${body.id}`, { ...person('ana'), active: true });
    await server.request('PUT', `/Users/${body.id}`, { ...person('ana2'), active: true });
    await server.request('DELETE', `/Users/${body.id}`);
    const records = server.records();
    expect(records.map(({ intent, outcome, name, id }) => [intent, outcome, name, id === body.id])).to.deep.equal([
      ['create', 'done', 'ana', true],
      ['deactivate', 'done', 'ana', true],
      ['reactivate', 'done', 'ana', true],
      ['rename', 'done', 'ana2', true],
      ['delete', 'done', 'ana2', true],
    ]);
    expect(records[1]?.changes).to.deep.equal([{ path: 'active', before: true, after: false }]);
    expect(records[3]?.changes).to.deep.include({ path: 'userName', before: 'ana', after: 'ana2' });
    expect(JSON.stringify(records)).to.not.contain('planted');
  });

  it('tells what was refused and why, and who asked with what', async () => {
    await server.request('POST', '/Users', person('ana'));
    await server.request('POST', '/Users', person('ana', { title: 'other' }), { 'User-Agent': 'agent/3' });
    const refused = server.records()[1];
    expect(refused).to.include({ outcome: 'refused', reason: 'uniqueness', intent: 'create', name: 'ana' });
    expect(refused?.text).to.match(/userName "ana" is already in use/);
    expect(refused?.client).to.include({ userAgent: 'agent/3' });
    expect(refused?.client?.address).to.match(/127\.0\.0\.1/);
  });

  it('keeps no record of what only reads, and of what changes nothing', async () => {
    const { body } = await server.request('POST', '/Users', person('ana'));
    await server.request('GET', `/Users/${body.id}`);
    await server.request('GET', '/Users?startIndex=1&count=100');
    await server.request('PUT', `/Users/${body.id}`, person('ana'));
    expect(server.records().length).to.equal(1);
  });

  it('tells that an account was there already, and changed nothing', async () => {
    await server.request('POST', '/Users', person('ana'));
    await server.request('POST', '/Users', person('ana'));
    const last = server.records().at(-1);
    expect(last).to.include({ intent: 'link', outcome: 'done', name: 'ana' });
    expect(last?.changes).to.equal(undefined);
  });

  it('tells who joined and left a group', async () => {
    const { body: ana } = await server.request('POST', '/Users', person('ana'));
    const group = { schemas: ['urn:scim:schemas:core:1.0'], displayName: 'Sales' };
    const { body } = await server.request('POST', '/Groups', group);
    await server.request('PUT', `/Groups/${body.id}`, { ...group, members: [{ value: ana.id }] });
    const last = server.records().at(-1);
    expect(last).to.deep.include({ intent: 'group change', name: 'Sales', joined: { ids: [ana.id], count: 1 } });
  });
});
