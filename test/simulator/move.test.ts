import { expect } from 'chai';
import { OktaAgent } from '../../connector/simulator/agent.ts';
import { disturbances } from '../../connector/simulator/chaos/disturbances.ts';
import { lateRetry } from '../../connector/simulator/chaos/late-retry.ts';
import { Okta } from '../../connector/simulator/company/okta.ts';
import { HttpClient } from '../../connector/simulator/http-client.ts';
import { agent11, agent20 } from '../../connector/simulator/manner/agent.ts';
import type { Known } from '../../connector/simulator/payload.ts';
import { Random } from '../../connector/simulator/random.ts';
import { startServer, stores, type TestServer } from '../support/start-server.ts';

type Versions = ReadonlyMap<string, string>;

/** Of everybody and every group, by id. */
async function versionsIn(server: TestServer, version: '1.1' | '2.0'): Promise<Versions> {
  const all: (readonly [string, string])[] = [];
  for (const endpoint of ['/Users', '/Groups']) {
    const { body } = await server.speaking(version).request('GET', endpoint);
    const resources = body.Resources as readonly (Known & { meta: { version: string } })[];
    all.push(...resources.map(({ id, meta }) => [id, meta.version] as const));
  }
  return new Map(all);
}

for (const store of stores) {
  describe(`A company whose app moves from v1 to v2 on ${store}`, () => {
    it('finds everybody again, makes nobody, renames nobody, and goes on', async () => {
      const server = await startServer({ store });
      const sender = new HttpClient();
      const okta = new Okta({
        nodes: [server.url],
        sender,
        random: new Random(3),
        store: { atomic: true, appends: true, custom: true, description: true },
        // What an agent that slept repeats late would be another state than what Okta means.
        disturbances: disturbances.filter((one) => one !== lateRetry),
        most: 40,
      });
      await okta.work(300);
      const before = await versionsIn(server, '1.1');
      okta.speak([agent20]);
      const moving = new OktaAgent({ baseUrl: server.speaking('2.0').url, sender, manner: agent20 });
      const imported = await moving.downloadUsers();
      const groups = await moving.downloadGroups();
      expect(imported.map(({ id }) => id)).to.have.members(okta.beliefs.of('user').map(({ id }) => id));
      expect(groups.length).to.equal(before.size - imported.length);
      for (const { id, person, active } of okta.company.linked) {
        const found = await moving.checkUserExists('userName', person.userName);
        expect(found?.id, person.userName).to.equal(id);
        // A push to who is deactivated would reactivate.
        if (active) await moving.pushProfileUpdate(id ?? '', person);
      }
      expect(moving.findings).to.deep.equal([]);
      expect(moving.trace.filter(({ method }) => method === 'PUT').length).to.be.above(10);
      expect(moving.trace.filter(({ method }) => !['GET', 'PUT'].includes(method))).to.deep.equal([]);
      expect(Object.fromEntries(await versionsIn(server, '2.0'))).to.deep.equal(Object.fromEntries(before));
      await okta.work(500);
      await okta.compare();
      okta.speak([agent11, agent20]);
      await okta.compare();
      expect(okta.beliefs.divergences).to.deep.equal([]);
      sender.close();
      await server.close();
    });
  });
}
