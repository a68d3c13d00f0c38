import { expect } from 'chai';
import { stores } from '../../support/start-server.ts';
import { bulk } from './bulk.ts';
import { changing } from './changing.ts';
import { finding } from './finding.ts';
import { firstLook } from './first-look.ts';
import { grouping } from './grouping.ts';
import { making } from './making.ts';
import { negotiating } from './negotiating.ts';
import { removing } from './removing.ts';
import { walkOn } from './walk.ts';

/** All of SCIM 1.1 as one client would walk through it: one order, one store that starts empty. */
for (const store of stores) {
  describe(`acceptance on ${store}`, () => {
    const walk = walkOn(store);
    for (const step of [firstLook, making, finding, changing, grouping, removing, bulk, negotiating]) step(walk);

    it('has shown no password in all this, and a code in every refusal', () => {
      expect(walk.replies.length).to.be.greaterThan(150);
      for (const { text, status, body } of walk.replies) {
        for (const secret of walk.secrets) expect(text).to.not.include(secret);
        if (status >= 400) expect(body.Errors[0].code).to.equal(String(status));
      }
    });
  });
}
