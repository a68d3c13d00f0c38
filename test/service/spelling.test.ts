import { expect } from 'chai';
import { forEachBackend } from '../support/for-each-backend.ts';

const URN = 'urn:okta:onprem_app:1.0:user:custom';
const OTHER = 'urn:okta:other:1.0:user:custom';
const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';

/** SCIM 1.1 API §3.8. */
forEachBackend('names of attributes that nobody declared', {}, (subject) => {
  let path = '';
  beforeEach(async () => {
    const { id } = await subject.user({
      userName: 'ana',
      [URN]: { shoe: 42, desk: { floor: 1 } },
      [OTHER]: { a: 1 },
      [ENTERPRISE]: { department: 'x', costCenter: '7' },
    });
    path = `/Users/${id}`;
  });

  it('have no case: the newest spelling replaces the one before', async () => {
    const changed = { [URN]: { SHOE: 43 }, [OTHER.replace('other', 'Other')]: { A: 2 } };
    for (const method of ['PUT', 'PATCH']) {
      const { body } = await subject.request(method, path, { userName: 'ana', ...changed });
      expect(body[URN], method).to.deep.equal({ SHOE: 43, desk: { floor: 1 } });
      expect(body[OTHER], method).to.equal(undefined);
      expect(body[OTHER.replace('other', 'Other')], method).to.deep.equal({ A: 2 });
      const echoed = await subject.put(path, body);
      expect([echoed.status, echoed.body.meta.version], method).to.deep.equal([200, body.meta.version]);
    }
  });

  it('have none where they are cleared, removed or asked for either', async () => {
    const asked = await subject.get(`${path}?attributes=${URN}:SHOE,${OTHER.toUpperCase()}`);
    expect([asked.body[URN], asked.body[OTHER]]).to.deep.equal([{ shoe: 42 }, { a: 1 }]);
    const { body } = await subject.patch(path, { meta: { attributes: [`${URN}:Desk`, `${OTHER}:A`] } });
    expect([body[URN], body[OTHER]]).to.deep.equal([{ shoe: 42 }, undefined]);
    expect((await subject.put(path, { userName: 'ana', [URN]: { Shoe: null } })).body).to.not.have.property(URN);
  });
});

/** SCIM 1.1 API §3.8. */
forEachBackend('the URN of an extension in meta.attributes', {}, (subject) => {
  it('removes all of it, and leaves what the body brings', async () => {
    const { id } = await subject.user({
      userName: 'ana',
      [URN]: { shoe: 42, hat: 7 },
      [ENTERPRISE]: { department: 'x', costCenter: '7' },
    });
    const names = [`${ENTERPRISE}:costCenter`, ENTERPRISE.toUpperCase(), URN];
    const { body } = await subject.patch(`/Users/${id}`, { meta: { attributes: names }, [URN]: { hat: 8 } });
    expect(body).to.not.have.property(ENTERPRISE);
    expect(body[URN]).to.deep.equal({ hat: 8 });
  });
});
