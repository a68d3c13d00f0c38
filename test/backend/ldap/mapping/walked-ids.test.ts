import { expect } from 'chai';
import { IdPacker, PackedIds } from '../../../../connector/backend/ldap/mapping/packed-ids.ts';

const id = (n: number): string => `33221100-5544-7766-8899-${n.toString(16).padStart(12, '0')}`;

describe('a place among packed ids', () => {
  for (const format of ['uuid', 'text'] as const) {
    it(`is found in any list, also of an id that is not in it: ${format}`, () => {
      for (const length of [0, 1, 2, 3, 7, 8]) {
        const ids = PackedIds.of(
          format,
          Array.from({ length }, (_, n) => id(2 * n + 1)),
        );
        for (let n = 0; n <= 2 * length + 1; n += 1) {
          expect(ids.before((one) => one > id(n))).to.equal(Math.min(length, Math.ceil(n / 2)));
        }
      }
    });
  }

  it('is found by the key of each, which counts as memory', () => {
    const packer = new IdPacker('uuid');
    const keys = ['a', 'b', 'b', undefined];
    for (const n of keys.keys()) packer.add(id(9 - n));
    const ids = packer.keyed(keys);
    expect(ids.before((_, at) => (ids.keys[at] ?? 'z') > 'b')).to.equal(3);
    expect(ids.slice(2, 4)).to.deep.equal([id(7), id(6)]);
    expect(ids.size).to.equal(packer.packed().size + 4 * 16 + 3 * 2);
  });
});
