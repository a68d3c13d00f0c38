import { expect } from 'chai';
import { disturbances } from '../../connector/simulator/chaos/disturbances.ts';
import { Okta } from '../../connector/simulator/company/okta.ts';
import { HttpClient } from '../../connector/simulator/http-client.ts';
import { agent11, agent20 } from '../../connector/simulator/manner/agent.ts';
import { cloud, wizard } from '../../connector/simulator/manner/cloud.ts';
import { entra } from '../../connector/simulator/manner/entra.ts';
import type { Manner } from '../../connector/simulator/manner/manner.ts';
import { Random } from '../../connector/simulator/random.ts';
import { startServer, stores } from '../support/start-server.ts';

/** What each has attributes for: the bodies of others hold neither custom attributes nor a description. */
const CLIENTS: readonly (readonly [string, readonly Manner[], isAgent: boolean])[] = [
  ['the agent in 1.1', [agent11], true],
  ['the agent in 2.0', [agent20], true],
  ['agents in both at once', [agent11, agent20], true],
  ["Okta's cloud", [cloud], false],
  ['an app of the wizard', [wizard], false],
  ['Entra', [entra], false],
];

for (const store of stores) {
  describe(`The belief and ${store} are one after a day of chaos`, () => {
    for (const [title, manners, isAgent] of CLIENTS) {
      it(`with ${title}`, async () => {
        const server = await startServer({ store });
        const sender = new HttpClient();
        const okta = new Okta({
          nodes: [server.url],
          sender,
          random: new Random(1),
          manners,
          store: { atomic: true, appends: true, custom: isAgent, description: isAgent },
          most: 60,
        });
        await okta.work(manners[0] === agent11 ? 600 : 400);
        await okta.compare();
        // Whoever speaks the other version is shown the same.
        okta.speak([agent11, agent20]);
        await okta.compare();
        expect(okta.beliefs.divergences, okta.beliefs.divergences.slice(0, 8).join('\n')).to.deep.equal([]);
        // Okta's cloud sends whole groups seldom.
        if (isAgent) expect(Object.keys(okta.disturbed)).to.have.members(disturbances.map(({ name }) => name));
        expect(okta.imports.made).to.be.above(1);
        sender.close();
        await server.close();
      });
    }
  });
}
