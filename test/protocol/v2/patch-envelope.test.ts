import { expect } from 'chai';
import { decodePatch } from '../../../connector/protocol/v2/patch.ts';
import type { Dialect } from '../../../connector/scim/patch-operation.ts';
import { ENTERPRISE, PATCH_OP, read, refusalOf, User } from './patching.ts';

const refused = (body: unknown, dialect: Dialect = 'compatible'): string =>
  refusalOf(() => decodePatch(User, body, { dialect }));
const TITLE = { op: 'replace', path: 'title', value: 'x' };

describe('the body of a PATCH of SCIM 2.0', () => {
  for (const [what, body, compatible, strict] of [
    ['no schemas', { Operations: [TITLE] }, 'none', 'invalidSyntax'],
    ['empty schemas', { schemas: [], Operations: [TITLE] }, 'none', 'invalidSyntax'],
    [
      'schemas of a draft',
      { schemas: ['urn:ietf:params:scim:schemas:core:2.0:PatchOp'], operations: [TITLE] },
      'none',
      'none',
    ],
    ['schemas as text', { SCHEMAS: PATCH_OP, OPERATIONS: [TITLE] }, 'none', 'none'],
    ['schemas of something else', { schemas: ['urn:x:User'], Operations: [TITLE] }, 'invalidSyntax', 'invalidSyntax'],
    ['schemas that are numbers', { schemas: [7], Operations: [TITLE] }, 'invalidSyntax', 'invalidSyntax'],
    ['no operations', { schemas: [PATCH_OP] }, 'invalidSyntax', 'invalidSyntax'],
    ['none of them', { schemas: [PATCH_OP], Operations: [] }, 'invalidSyntax', 'invalidSyntax'],
    ['one without a list', { schemas: [PATCH_OP], Operations: TITLE }, 'invalidSyntax', 'invalidSyntax'],
    ['nothing in the list', { schemas: [PATCH_OP], Operations: [null] }, 'invalidSyntax', 'invalidSyntax'],
    ['a list in the list', { schemas: [PATCH_OP], Operations: [[TITLE]] }, 'invalidSyntax', 'invalidSyntax'],
    ['a partial resource', { title: 'x' }, 'invalidSyntax', 'invalidSyntax'],
    ['null', null, 'invalidSyntax', 'invalidSyntax'],
    ['a list', [TITLE], 'invalidSyntax', 'invalidSyntax'],
    [
      'an attribute that objects inherit',
      { schemas: [PATCH_OP], Operations: [{ __proto__: TITLE }] },
      'invalidSyntax',
      'invalidSyntax',
    ],
  ] as const)
    it(`may have ${what}: ${compatible}, ${strict} [R-3.5.2-01 R-3.5.2-02]`, () => {
      expect([refused(body), refused(body, 'strict')]).to.deep.equal([compatible, strict]);
    });

  it('says what is wrong with which operation [R-3.5.2-03 R-3.5.2-04 R-3.5.2-05]', () => {
    const bodies: readonly (readonly [object, RegExp])[] = [
      [{ path: 'title', value: 'x' }, /^Operations\[1\]: op must be add, remove or replace$/],
      [{ op: 'merge', path: 'title', value: 'x' }, /^Operations\[1\]: op must be/],
      [{ op: 'add', OP: 'remove', path: 'title' }, /^Operations\[1\]: op is there twice$/],
      [{ op: 'remove' }, /^Operations\[1\]: remove needs a path$/],
      [{ op: 'replace', path: 'title' }, /^Operations\[1\]: value is required for replace$/],
      [{ op: 'add', value: 'x' }, /^Operations\[1\]: without a path, value must be an object/],
      [{ op: 'add', path: ENTERPRISE, value: 'x' }, /must be an object$/],
    ];
    for (const [operation, text] of bodies) expect(() => read([TITLE, operation])).to.throw(text);
  });

  it('has no more than a thousand operations [R-3.5.2-07]', () => {
    const many = Array.from({ length: 1000 }, () => TITLE);
    expect(read(many).operations).to.have.length(1000);
    expect(refusalOf(() => read([...many, TITLE]))).to.equal('tooLarge');
  });

  it('takes op in any case [R-3.5.2-03 N-11]', () => {
    expect(
      read([
        { op: ' Add ', path: 'title', value: 'x' },
        { op: 'REMOVE', path: 'nickName' },
      ]).operations.map(({ op }) => op),
    ).to.deep.equal(['add', 'remove']);
  });
});
