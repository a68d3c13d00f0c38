import { expect } from 'chai';
import { atDesk } from '../../../connector/operations/hold/hold-desk.ts';
import { holdLights } from '../../../connector/operations/status/hold-lights.ts';
import { directoryLab } from '../../support/directories/directory-lab.ts';
import { directorySettings } from '../../support/directories/directory-store.ts';
import { type SharingConnector, twoConnectors } from '../../support/postgres/two-connectors.ts';

const CORE = 'urn:scim:schemas:core:1.0';
const BY = { actor: 'ops', reason: 'looked' };

describe('two connectors on one OpenLDAP that share their state', () => {
  const suite = directoryLab('openldap');
  const two = twoConnectors(async (folder) => [
    ...(await directorySettings({ lab: suite.lab }, folder)),
    [['limits', 'deactivations'], { count: 3, percent: 0 }],
  ]);
  let people = 0;

  const person = () => {
    people += 1;
    const userName = `jane${people}`;
    return { schemas: [CORE], userName, name: { givenName: 'Jane', familyName: 'Doe' } };
  };

  const made = async (by: SharingConnector): Promise<string> => (await by.request('POST', '/Users', person())).body.id;

  const deactivate = async (by: SharingConnector, id: string): Promise<number> =>
    (await by.request('PATCH', `/Users/${id}`, { schemas: [CORE], active: false })).status;

  it('count together, and what is decided at one is in force at the other with the next change', async () => {
    const { a, b } = two;
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) ids.push(await made(n % 2 === 0 ? a : b));
    const statuses: number[] = [];
    for (const [n, id] of ids.entries()) statuses.push(await deactivate(n % 2 === 0 ? a : b, id));
    expect(statuses).to.deep.equal([200, 200, 200, 429, 429, 429]);
    expect((await a.request('POST', '/Users', person())).status).to.equal(429);
    for (const { config } of [a, b]) {
      const lights = await holdLights(config, Date.now());
      expect(lights.map(({ text }) => text.replace(/^held for .*?: /, ''))).to.deep.equal([
        '4 people would be deactivated within 1d, limit 3',
      ]);
    }
    await atDesk(a.config, (desk) => desk.release(1, BY));
    expect(await deactivate(b, ids[3] ?? '')).to.equal(200);
    await atDesk(b.config, (desk) => desk.setModes(['default'], 'read-only', BY));
    expect(await deactivate(a, ids[4] ?? '')).to.equal(403);
    await atDesk(a.config, (desk) => desk.setModes(['default'], 'normal', BY));
    expect(await deactivate(b, ids[4] ?? '')).to.equal(200);
  });

  it('tell both of a hold that one of them has tripped, and of its end', async () => {
    const { a, b } = two;
    for (let n = 0; n < 4; n += 1) await deactivate(a, await made(a));
    const logged = async (text: RegExp): Promise<void> => {
      for (const { log } of [a, b])
        while (!log.lines.some((line) => text.test(line))) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await logged(/the changes of the app are held \(hold 1\): 4 people/);
    await atDesk(b.config, (desk) => desk.release(1, BY));
    await logged(/held no more/);
  });

  it('judge a create that is repeated at the other as if both were one', async () => {
    const { a, b } = two;
    const jane = person();
    const first = await a.request('POST', '/Users', jane);
    const again = await b.request('POST', '/Users', jane);
    expect([first.status, again.status, again.body.id]).to.deep.equal([201, again.status, first.body.id]);
    expect(again.status).to.be.oneOf([200, 201]);
    expect((await b.request('GET', `/Users/${first.body.id}`)).status).to.equal(200);
    expect((await a.request('POST', '/Users', jane)).status).to.equal(409);
    expect((await b.request('POST', '/Users', jane)).status).to.equal(409);
  });

  it('read and write on without the database, but for what has to be counted', async () => {
    const { a, b } = two;
    const ids = [await made(a), await made(a)];
    await a.relay.close();
    const refused = await a.request('PATCH', `/Users/${ids[0]}`, { schemas: [CORE], active: false });
    expect(refused.status).to.equal(429);
    expect(refused.body.Errors[0].description).to.match(
      /^this change must be counted first, in the database of state = "postgres": .{20}/,
    );
    expect(refused.headers.get('Retry-After')).to.equal('120');
    expect((await a.request('GET', `/Users/${ids[0]}`)).body.active).to.equal(true);
    expect((await a.request('GET', '/Users?startIndex=1&count=10')).status).to.equal(200);
    const [one, other] = [person(), person()];
    const created = await a.request('POST', '/Users', one);
    expect(created.status).to.equal(201);
    expect((await a.request('POST', '/Users', one)).body.id).to.equal(created.body.id);
    expect((await b.request('POST', '/Users', other)).status).to.equal(201);
    expect(await deactivate(b, ids[1] ?? '')).to.equal(200);
    const [light] = await holdLights(a.config, Date.now());
    expect(light?.text).to.match(
      /^holds and modes are kept in the database of state = "postgres", which cannot be asked: /,
    );
    const decided = atDesk(a.config, (desk) => desk.release(1, BY));
    expect(await decided.then(String, (error: Error) => error.message)).to.equal(light?.text);
  });
});
