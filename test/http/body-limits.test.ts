import { expect } from 'chai';
import { expectRefusal, forEachBackend } from '../support/for-each-backend.ts';

const MEBIBYTE = 1024 * 1024;

forEachBackend('limits of a body', {}, (subject) => {
  it('are smaller for a user than for a group', async () => {
    const long = { 'urn:okta:onprem_app:1.0:user:custom': Object.fromEntries(keys(20, 'x'.repeat(60_000))) };
    expectRefusal(
      await subject.post('/Users', { userName: 'ana', ...long }),
      413,
      /the body exceeds server\.max_user_body \(1048576 bytes\)/,
    );
    const { id } = await subject.user({ userName: 'ben' });
    const members = Array.from({ length: 15_000 }, () => ({ value: id, display: 'x'.repeat(60) }));
    const reply = await subject.post('/Groups', { displayName: 'staff', members });
    expect(JSON.stringify(members).length).to.be.greaterThan(MEBIBYTE);
    expect([reply.status, reply.body.members.length]).to.deep.equal([201, 1]);
  });

  const keys = (count: number, value: unknown): [string, unknown][] =>
    Array.from({ length: count }, (_, i) => [`key${i}`, value]);

  it('name the attribute that is too long, and how long it may be', async () => {
    const CASES: readonly (readonly [path: string, body: object, text: RegExp])[] = [
      ['/Users', { userName: 'x'.repeat(1025) }, /userName has 1025 characters; at most 1024 are kept/],
      ['/Groups', { displayName: 'x'.repeat(1025) }, /displayName has 1025 characters; at most 1024 are kept/],
      ['/Users', { userName: 'ana', title: 'x'.repeat(65_537) }, /title has 65537 characters; at most 65536 are kept/],
      ['/Users', { userName: 'ana', name: { givenName: 'x'.repeat(65_537) } }, /name\.givenName has 65537 characters/],
      [
        '/Users',
        { userName: 'ana', emails: Array.from({ length: 1001 }, (_, i) => ({ value: `a${i}@x.org` })) },
        /emails has 1001 values; at most 1000 are kept/,
      ],
    ];
    for (const [path, body, text] of CASES) expectRefusal(await subject.post(path, body), 400, text);
    expect((await subject.get('/Users')).body.totalResults).to.equal(0);
  });

  it('refuse too many keys and lists, by name, and before the rest has come', async () => {
    const custom = Object.fromEntries(keys(1001, 1));
    const text = /the body has an object with more than 1000 keys in "urn:okta:onprem_app:1\.0:user:custom"/;
    const body = { userName: 'ana', 'urn:okta:onprem_app:1.0:user:custom': custom };
    expectRefusal(await subject.post('/Users', body), 413, text);
    const list = `{"displayName":"staff","members":[${'1,'.repeat(250_001)}`;
    expectRefusal(await subject.post('/Groups', list), 413, /a list with more than 250000 elements in "members"/);
    expectRefusal(await subject.post('/Groups', '['.repeat(100_000)), 400, /nests deeper than 64 levels/);
  });
});
