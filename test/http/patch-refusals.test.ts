import { expect } from 'chai';
import { expectRefusal, forEachBackend } from '../support/for-each-backend.ts';
import { ENTERPRISE, full } from './patch-person.ts';

/** SCIM 1.1 API §3.3.2. */
forEachBackend('PATCH', {}, (subject) => {
  const refused: readonly (readonly [string, object, RegExp])[] = [
    ['to remove userName', { nickName: 'x', meta: { attributes: ['userName'] } }, /^userName is required/],
    ['to remove id', { meta: { attributes: ['id'] } }, /"id" is read-only/],
    ['to remove groups', { meta: { attributes: ['groups'] } }, /"groups" is read-only/],
    ['to remove meta.created', { meta: { attributes: ['meta.created'] } }, /is read-only/],
    ['to remove display', { meta: { attributes: ['emails.display'] } }, /is read-only/],
    ['to remove the password', { meta: { attributes: ['password'] } }, /password can be replaced, not removed/],
    ['names that are no list', { meta: { attributes: 'nickName' } }, /^meta\.attributes must be a list/],
    ['names that are no text', { meta: { attributes: [7] } }, /^meta\.attributes must be a list/],
    ['another operation', { roles: [{ value: 'c', operation: 'add' }] }, /roles\.operation must be "delete"/],
    [
      'two primaries',
      {
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
      /one value may/,
    ],
    ['a wrong type', { nickName: 'x', name: 'Bob' }, /^name must be an object/],
    ['what is 2.0', { Operations: [{}] }, /this is a SCIM 2\.0 PatchOp/],
    ['an unknown manager', { nickName: 'x', [ENTERPRISE]: { manager: { managerId: 'no' } } }, /"no"/],
  ];
  for (const [what, patch, text] of refused) {
    it(`refuses ${what}, and changes nothing`, async () => {
      const before = await subject.user(full);
      expectRefusal(await subject.patch(`/Users/${before.id}`, patch), 400, text);
      expect((await subject.get(`/Users/${before.id}`)).body).to.deep.equal(before);
    });
  }

  it('refuses the userName of another and knows nobody else', async () => {
    const { id } = await subject.user({ userName: 'a' });
    await subject.user({ userName: 'b' });
    expectRefusal(await subject.patch(`/Users/${id}`, { userName: 'B' }), 409, /^userName/);
    expectRefusal(await subject.patch('/Users/nope', { nickName: 'x' }), 404, /not found/);
    expect((await subject.patch(`/Users/${id}`, { userName: 'c' })).body).to.include({ userName: 'c', id });
  });
});

/** SCIM 1.1 API §3.9. */
forEachBackend('PATCH when it is off', { offer: { patch: false } }, (subject) => {
  it('answers 501 and says so in the configuration', async () => {
    const { id } = await subject.user({ userName: 'a' });
    expectRefusal(await subject.patch(`/Users/${id}`, { nickName: 'x' }), 501, /PATCH is switched off/);
    expectRefusal(await subject.patch(`/Users/${id}`, ''), 501, /PATCH is switched off/);
    expect((await subject.get('/ServiceProviderConfigs')).body.patch).to.deep.equal({ supported: false });
  });
});
