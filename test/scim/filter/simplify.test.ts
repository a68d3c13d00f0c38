import { expect } from 'chai';
import fc from 'fast-check';
import type { Filter } from '../../../connector/scim/filter/ast.ts';
import { matches } from '../../../connector/scim/filter/matches.ts';
import { isAlways, isNever, simplified } from '../../../connector/scim/filter/simplify.ts';
import type { Resource } from '../../../connector/scim/resource.ts';
import { type BoundPath, bindPath } from '../../../connector/scim/schema/resource-type.ts';
import { User } from '../../conformance/people.ts';

const title = bindPath(User, { name: 'title' }) as BoundPath;
const ALWAYS: Filter<BoundPath> = { kind: 'and', filters: [] };
const NEVER: Filter<BoundPath> = { kind: 'or', filters: [] };

const { tree } = fc.letrec<{ tree: Filter<BoundPath> }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Filter<BoundPath>>(ALWAYS, NEVER, { kind: 'present', path: title }),
    fc.constant<Filter<BoundPath>>({ kind: 'compare', path: title, op: 'eq', value: 'a' }),
    fc.record({ kind: fc.constantFrom('and', 'or'), filters: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not'), filter: tie('tree') }),
  ) as fc.Arbitrary<Filter<BoundPath>>,
}));

const person = (attributes: object): Resource => ({
  id: '1',
  meta: {} as Resource['meta'],
  attributes: { ...attributes },
});
const PEOPLE = [person({}), person({ title: 'a' }), person({ title: 'b' })];

const sizeOf = (filter: Filter<BoundPath>): number => JSON.stringify(filter).match(/"kind"/g)?.length ?? 0;

describe('a simplified filter', () => {
  it('means the same, and is no larger', () => {
    fc.assert(
      fc.property(tree, (filter) => {
        const simple = simplified(filter);
        for (const one of PEOPLE) expect(matches(simple)(one)).to.equal(matches(filter)(one));
        expect(sizeOf(simple)).to.be.at.most(sizeOf(filter));
      }),
    );
  });

  it('holds nothing decided, but for what is decided as a whole', () => {
    fc.assert(
      fc.property(tree, (filter) => {
        const simple = simplified(filter);
        const isDecided = isAlways(simple) || isNever(simple);
        expect(JSON.stringify(simple).includes('"filters":[]')).to.equal(isDecided);
      }),
    );
  });
});
