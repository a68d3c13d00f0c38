import { expect } from 'chai';
import { expectRefusal, forEachBackend } from '../support/for-each-backend.ts';

const find = (attribute: string, name: string): string => `?filter=${encodeURIComponent(`${attribute} eq "${name}"`)}`;

/** How HR data, macOS, input methods and the clipboard spell one name. */
const SPELLINGS = [
  ' Jos\u00e9 Lee ',
  'JOSE\u0301  LEE',
  'jos\u00e9\u00a0lee',
  '\uff4ao\u200bs\u00e9 \uff2cee',
  '\ufeffjos\u00e9 lee',
];

forEachBackend('names', {}, (subject) => {
  it('are stored composed and without blanks at their ends, and shown so', async () => {
    const { userName } = await subject.user({ userName: '\ufeff Jose\u0301  \uff2cee\u00a0' });
    expect(userName).to.equal('Jos\u00e9  \uff2cee');
    const { displayName } = await subject.group({ displayName: 'Engineering ' });
    expect(displayName).to.equal('Engineering');
  });

  it('that stand in the way of a create are found by the name that was sent', async () => {
    for (const [endpoint, attribute] of [
      ['/Users', 'userName'],
      ['/Groups', 'displayName'],
    ] as const) {
      const made = await subject.post(endpoint, { [attribute]: 'jos\u00e9 lee', externalId: 'first' });
      for (const name of SPELLINGS) {
        expectRefusal(await subject.post(endpoint, { [attribute]: name, externalId: 'second' }), 409, /already in use/);
        const { body } = await subject.get(`${endpoint}${find(attribute, name)}`);
        expect(body.Resources.map(({ id }: { id: string }) => id)).to.deep.equal([made.body.id]);
      }
    }
  });

  it('sent again with a blank more are the same create', async () => {
    const first = await subject.post('/Users', { userName: 'pat' });
    const again = await subject.post('/Users', { userName: 'pat ' });
    expect([again.status, again.body.id]).to.deep.equal([201, first.body.id]);
  });

  it('of which nothing can be seen are none', async () => {
    for (const userName of ['  ', '\u200b', '\u00ad']) {
      expectRefusal(await subject.post('/Users', { userName }), 400, /^userName is required/);
    }
    const { id } = await subject.user({ userName: 'pat' });
    expectRefusal(await subject.patch(`/Users/${id}`, { userName: '\u2060' }), 400, /^userName is required/);
  });

  it('are changed by PUT and PATCH to a spelling of their own, and to nobody else’s', async () => {
    const { id } = await subject.user({ userName: 'pat' });
    await subject.user({ userName: 'kim' });
    expect((await subject.put(`/Users/${id}`, { userName: ' \uff30at' })).body.userName).to.equal('\uff30at');
    expectRefusal(await subject.put(`/Users/${id}`, { userName: 'kim\u00a0' }), 409, /already in use/);
    expectRefusal(await subject.patch(`/Users/${id}`, { userName: 'k\u00adim' }), 409, /already in use/);
  });
});
