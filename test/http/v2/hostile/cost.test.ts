import { expect } from 'chai';
import { forEachBackend } from '../../../support/for-each-backend.ts';
import { PATCH_OP, SEARCH_REQUEST } from './input.ts';
import { expectNoFault } from './state.ts';

forEachBackend('what costs too much in SCIM 2.0', { version: '2.0' }, (subject) => {
  const cases: readonly (readonly [what: string, body: object, status: number, detail: RegExp])[] = [
    [
      'ten thousand operations',
      { Operations: Array.from({ length: 10_000 }, () => ({ op: 'replace', path: 'title', value: 'x' })) },
      413,
      /^10000 operations are more than the 1000 of one PATCH/,
    ],
    [
      'a path of brackets without end',
      { Operations: [{ op: 'remove', path: 'emails['.repeat(100_000) }] },
      400,
      /^path: longer than 8192 characters/,
    ],
    [
      'a value path nested fifty times',
      { Operations: [{ op: 'remove', path: `emails[${'not ('.repeat(50)}type pr${')'.repeat(50)}]` }] },
      400,
      /^path: more than 32 parentheses/,
    ],
    [
      'a key of 50,000 beside others',
      {
        Operations: [
          { op: 'add', value: Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`x.y${i}`, 1])) },
        ],
      },
      413,
      /more than 1000 keys/,
    ],
  ];
  for (const [what, body, status, detail] of cases)
    it(`is refused: ${what}`, async () => {
      const { id, meta } = await subject.user({ userName: 'u', title: 't' });
      const reply = await subject.patch(`/Users/${id}`, { schemas: [PATCH_OP], ...body });
      expectNoFault(reply, what);
      expect(reply.status, reply.text).to.equal(status);
      expect(reply.body.detail).to.match(detail);
      expect((await subject.get(`/Users/${id}`)).body).to.deep.include({ title: 't', meta });
    });

  it('is refused: names of attributes without end', async () => {
    for (const name of ['attributes', 'excludedAttributes']) {
      const many = Array.from({ length: 5000 }, (_, i) => `attribute${i}`);
      const reply = await subject.post('/Users/.search', { schemas: [SEARCH_REQUEST], [name]: many });
      expectNoFault(reply, name);
      expect(reply.body.detail).to.match(new RegExp(`^${name}: longer than 16384 characters; name fewer attributes`));
      const thousand = await subject.post('/Users/.search', { schemas: [SEARCH_REQUEST], [name]: many.slice(0, 1000) });
      expect(thousand.status, thousand.text).to.equal(200);
    }
  });
});
