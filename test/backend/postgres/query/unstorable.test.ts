import { expect } from 'chai';
import fc from 'fast-check';
import { inStead } from '../../../../connector/backend/postgres/query/unstorable.ts';
import type { Comparison } from '../../../../connector/scim/filter/ast.ts';
import { compareText } from '../../../../connector/scim/text.ts';

/** What the definition says of two texts. */
function holds(op: Comparison, value: string, literal: string): boolean {
  const order = compareText(value, literal);
  if (op === 'gt') return order > 0;
  if (op === 'ge') return order >= 0;
  return op === 'lt' ? order < 0 : order <= 0;
}

const LITTLE = [
  'a',
  'b',
  '\u0001',
  '\ud7ff',
  '\ue000',
  '\uffff',
  '\u{10000}',
  '😀',
  '\u{103ff}',
  '\u{10400}',
  '\u{10ffff}',
];
const storable = fc.array(fc.constantFrom(...LITTLE), { maxLength: 3 }).map((parts) => parts.join(''));
const literal = fc
  .array(fc.constantFrom(...LITTLE, '\u0000', '\ud800', '\ud83d', '\udbff', '\udc00', '\ude00', '\udfff'), {
    maxLength: 4,
  })
  .map((parts) => parts.join(''));

describe('what no text of PostgreSQL can hold', () => {
  it('lies between the texts that it lies between', () => {
    fc.assert(
      fc.property(storable, literal, fc.constantFrom('gt', 'ge', 'lt', 'le'), (value, text, op) => {
        const stead = inStead(op, text);
        const found = typeof stead === 'boolean' ? stead : holds(stead.op, value, stead.text);
        expect(found).to.equal(holds(op, value, text));
        if (typeof stead !== 'boolean') expect(stead.text).to.not.match(/[\0\p{Cs}]/u);
      }),
      { numRuns: 5000 },
    );
  });

  it('is equal to nothing, and part of nothing', () => {
    for (const op of ['eq', 'co', 'sw', 'ew'] as const)
      for (const text of ['\u0000', 'a\u0000', '\ud83d', '\ude00b']) expect(inStead(op, text)).to.equal(false);
    expect(inStead('eq', '😀')).to.deep.equal({ op: 'eq', text: '😀' });
  });
});
