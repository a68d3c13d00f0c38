import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type KeptServer, startKept } from './kept.ts';

const CORE = ['urn:scim:schemas:core:1.0'];
const TOKEN = 'the-right-token-CANARY';
let planted = 0;
/** A secret that looks like one, another each time. */
const canary = (): string => `CANARY!${++planted}pw`;

describe('secrets in the journal', () => {
  let server: KeptServer;
  before(async () => {
    server = await startKept({ token: TOKEN });
  });
  after(() => server.close());

  const waiting = new Set<string>();
  const send = async (verb: string, path: string, body?: object | string, headers: Record<string, string> = {}) => {
    const answer = await server.request(verb, path, body, { Authorization: `Bearer ${TOKEN}`, ...headers });
    for (const text of await server.outbox()) waiting.add(text);
    return answer;
  };

  it('are in no file, wherever a client puts them', async () => {
    const person = (userName: string, more: object = {}) => ({ schemas: CORE, userName, ...more });
    const { body: ann } = await send('POST', '/Users', person('ann', { password: canary() }));
    await send('PUT', `/Users/${ann.id}`, person('ann', { password: canary() }));
    await send('PATCH', `/Users/${ann.id}`, { schemas: CORE, password: canary() });
    await send('POST', '/Users', person('ann', { password: canary(), title: 'taken' }));
    for (const wrong of [[canary()], { value: canary() }, 7, true, ''])
      await send('POST', '/Users', person(`wrong${++planted}`, { password: wrong }));
    await send(
      'POST',
      '/Users',
      person('bob', { Password: canary(), passwd: canary(), [canary()]: 1, [`x.${canary()}`]: canary() }),
    );
    await send('POST', '/Users', person('eve', { 'urn:okta:x:1.0': { password: canary(), [canary()]: 'x' } }));
    const data = person('bulk', { password: canary(), [canary()]: canary() });
    const operations = [
      { method: 'POST', path: '/Users', bulkId: 'a', data },
      { method: 'PATCH', path: `/Users/${ann.id}`, data: { schemas: CORE, password: canary() } },
      { method: 'PUT', path: `/Users/nobody`, data: person('nobody', { password: canary() }) },
    ];
    await send('POST', '/Bulk', { schemas: CORE, Operations: operations });
    for (const value of [canary(), `Basic ${Buffer.from(`okta:${canary()}`).toString('base64')}`, `Bearer ${canary()}`])
      await server.request('GET', '/Users', undefined, { Authorization: value });
    await server.request('GET', `/Users?access_token=${canary()}`);
    await server.request('GET', `/${canary()}/${canary()}`);
    await server.request(`POST`, '/Users', `{"password": "${canary()}`, { Authorization: `Bearer ${canary()}` });
    await send('POST', '/Users', `{"userName": "x", "password": "${canary()}" ${canary()}`);
    await send('GET', `/Users?filter=${encodeURIComponent(`password eq "${canary()}"`)}`);
    await send('GET', '/Users', undefined, {
      'User-Agent': `agent Bearer ${TOKEN}`,
      Accept: `text/${TOKEN}`,
      'Content-Type': TOKEN,
    });
    await send('GET', '/nowhere', undefined, { 'User-Agent': `agent ${TOKEN}` });
    const records = server.records();
    expect(records.length).to.be.above(15);
    expect(JSON.stringify(records.filter((record) => JSON.stringify(record).includes('CANARY')))).to.equal('[]');
    for (const file of server.files()) expect(readFileSync(file).includes('CANARY'), file).to.equal(false);
    expect(waiting.size).to.be.above(5);
    expect([...waiting].join()).not.to.contain('CANARY');
  });

  it('are told to have been set, and that is all', () => {
    const secrets = server.records().flatMap(({ changes = [] }) => changes.filter(({ path }) => path === 'password'));
    expect(secrets.length).to.be.at.least(4);
    for (const one of secrets) expect(one).to.deep.equal({ path: 'password', secret: 'set' });
  });
});
