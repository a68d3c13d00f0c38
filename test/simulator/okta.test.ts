import { expect } from 'chai';
import { disturbances } from '../../connector/simulator/chaos/disturbances.ts';
import { Okta } from '../../connector/simulator/company/okta.ts';
import { HttpClient } from '../../connector/simulator/http-client.ts';
import { Random } from '../../connector/simulator/random.ts';
import { startServer, stores } from '../support/start-server.ts';

for (const store of stores) {
  describe(`Okta's belief and ${store}`, () => {
    it('are one after a day of chaos', async () => {
      const server = await startServer({ store });
      const sender = new HttpClient();
      const okta = new Okta({
        nodes: [server.url],
        sender,
        random: new Random(1),
        store: { atomic: true, appends: true, custom: true, description: true },
        most: 60,
      });
      await okta.work(600);
      await okta.compare();
      expect(okta.beliefs.divergences).to.deep.equal([]);
      expect(Object.keys(okta.disturbed)).to.have.members(disturbances.map(({ name }) => name));
      expect(okta.imports.made).to.be.above(1);
      sender.close();
      await server.close();
    });
  });
}
