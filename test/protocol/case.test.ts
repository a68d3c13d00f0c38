import { expect } from 'chai';
import { expectRefusal, forEachBackend, query } from '../support/for-each-backend.ts';

/** SCIM 1.1 API §3.2.2.1. */
forEachBackend('case', {}, (subject) => {
  it('of a sigma does not depend on where in a word it stands', async () => {
    await subject.user({ userName: 'ΝΙΚΟΣΑΚΗΣ' });
    for (const filter of [
      'userName sw "ΝΙΚΟΣ"',
      'userName co "κοσ"',
      'userName eq "νικοσακησ"',
      'userName ge "νικοσακης"',
    ])
      expect(await subject.names(`/Users${query({ filter })}`), filter).to.deep.equal(['ΝΙΚΟΣΑΚΗΣ']);
    for (const userName of ['νικοσακης', 'νικοσακησ']) {
      expectRefusal(await subject.post('/Users', { userName }), 409, /userName/);
    }
  });
});
