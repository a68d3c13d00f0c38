import { expect } from 'chai';
import fc from 'fast-check';
import { jsonText } from '../../connector/http/json-text.ts';

const lazily = (list: readonly unknown[]): Iterable<unknown> => ({ [Symbol.iterator]: () => list[Symbol.iterator]() });
const many = (count: number, element: (index: number) => unknown): unknown[] =>
  Array.from({ length: count }, (_, index) => element(index));

describe('JSON text in pieces', () => {
  it('is what JSON.stringify makes of it', () => {
    const long = fc.integer({ min: 0, max: 200 }).map((count) => many(count, (i) => (i % 7 === 3 ? [i] : { i })));
    fc.assert(
      fc.property(fc.jsonValue(), long, (value, list) => {
        const body = { value, list, none: undefined, groups: [{ list }, [list], value] };
        expect([...jsonText(body)].join('')).to.equal(JSON.stringify(body));
        expect([...jsonText({ ...body, list: lazily(list) })].join('')).to.equal(JSON.stringify(body));
      }),
    );
  });

  it('writes no more at once than some elements of a list, however deep it lies', () => {
    const members = many(10_000, (i) => ({ value: `id${i}` }));
    for (const body of [
      { members },
      { x: { members } },
      { Resources: lazily([{ members }]) },
      { l: many(100, () => ({ members })) },
    ])
      expect(Math.max(...[...jsonText(body)].map(({ length }) => length))).to.be.lessThan(2000);
  });

  it('makes the elements of a list one by one, when they are asked for', () => {
    let made = 0;
    const Resources = (function* make() {
      for (; made < 1000; made += 1) yield { made };
    })();
    const text = jsonText({ Resources });
    for (let i = 0; i < 5; i += 1) text.next();
    expect(made).to.be.lessThan(5);
  });
});
