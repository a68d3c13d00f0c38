import { expect } from 'chai';
import fc from 'fast-check';
import { decodePatch } from '../../../connector/protocol/v2/patch.ts';
import { diff } from '../../../connector/scim/change.ts';
import { ScimError } from '../../../connector/scim/error.ts';
import { outline } from '../../../connector/scim/outline.ts';
import type { Dialect } from '../../../connector/scim/patch-operation.ts';
import { writable } from '../../../connector/service/accept.ts';
import { operated } from '../../service/operations.ts';
import { ANA, CUSTOM, ENTERPRISE, PATCH_OP, patched, USER, User } from './patching.ts';

const NAMES = [
  'emails',
  'userName',
  'name',
  'NAME',
  'members',
  'groups',
  'active',
  'password',
  'manager',
  'tags',
  'desk',
  'meta',
  'id',
  'schemas',
];
const PARTS = [
  'value',
  'type',
  'primary',
  'givenName',
  '$ref',
  'display',
  'managerId',
  '__proto__',
  'constructor',
  'toString',
  'x',
];
const piece = fc.constantFrom(
  ...NAMES,
  ...PARTS,
  '.',
  ':',
  '[',
  ']',
  '(',
  ')',
  '"',
  ' ',
  ' eq ',
  ' ne ',
  ' and ',
  'not (',
  ' pr',
  '"work"',
  'true',
  'null',
  '7',
  `${ENTERPRISE}`,
  `${CUSTOM}:`,
  `${USER}:`,
  '\0',
  'é',
  '\\u0000',
);
const wellFormed = fc
  .tuple(
    fc.constantFrom('', `${USER}:`, `${ENTERPRISE}:`, `${CUSTOM}:`),
    fc.constantFrom(...NAMES),
    fc.constantFrom('', '[type eq "work"]', '[value pr]', '[primary eq true or type eq "home"]', '[not (type sw "w")]'),
    fc.option(fc.constantFrom(...PARTS)),
  )
  .map(([urn, name, filter, part]) => `${urn}${name}${filter}${part === null ? '' : `.${part}`}`);
const path = fc.oneof(
  wellFormed,
  fc.array(piece, { maxLength: 9 }).map((parts) => parts.join('')),
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
);
const key = fc.oneof(fc.constantFrom(...NAMES, ...PARTS, ENTERPRISE, CUSTOM), wellFormed);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      null,
      '',
      [],
      {},
      true,
      'False',
      7,
      Number.POSITIVE_INFINITY,
      -0,
      'x',
      'work',
      '\ud800',
      'a\0b',
      'ana@a.org',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    fc.jsonValue(),
  ),
}));
const operation = fc.oneof(
  fc.record({ op: fc.constantFrom('add', 'Replace', 'REMOVE'), path, value }, { requiredKeys: ['op'] }),
  fc.record({ op: fc.constantFrom('add', 'replace', 'remove'), path: wellFormed, value }),
  fc.jsonValue(),
);
const body = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .array(operation, { minLength: 1, maxLength: 4 })
      .map((Operations) => ({ schemas: [PATCH_OP], Operations })),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const dialect = fc.constantFrom<Dialect>('compatible', 'strict', 'profile');
const REASONS = ['invalidSyntax', 'invalidPath', 'invalidFilter', 'invalidValue', 'noTarget', 'mutability', 'tooLarge'];

describe('a PATCH of whatever kind', () => {
  it('is done or refused with a word of the standard, and touches nothing but the resource [R-3.5.2-29 L-09]', () => {
    const before = structuredClone(ANA);
    let done = 0;
    fc.assert(
      fc.property(body, dialect, (sent, how) => {
        try {
          const list = decodePatch(User, sent, { dialect: how });
          outline(list);
          const after = operated(User, ANA, list);
          // What is kept can be compared and kept again.
          expect(diff(writable(User, after), after)).to.deep.equal([]);
          done += 1;
        } catch (error) {
          if (!(error instanceof ScimError)) throw error;
          expect(REASONS).to.include(error.reason);
        }
      }),
      { numRuns: 3000 },
    );
    // Of 3,000 random ones: some eighty, as chance has it.
    expect(done).to.be.above(20);
    expect(ANA).to.deep.equal(before);
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
  });

  it('comes to the same by a path and without', () => {
    const attribute = fc.constantFrom('title', 'nickName', 'displayName', 'timezone');
    fc.assert(
      fc.property(
        attribute,
        fc.constantFrom('add', 'replace'),
        fc.oneof(fc.string(), fc.constant(null)),
        (name, op, text) => {
          expect(patched([{ op, path: name, value: text }])).to.deep.equal(patched([{ op, value: { [name]: text } }]));
        },
      ),
      { numRuns: 200 },
    );
  });
});
