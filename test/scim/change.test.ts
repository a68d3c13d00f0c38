import { expect } from 'chai';
import fc from 'fast-check';
import { applyChanges, type Change, diff, sameValue } from '../../connector/scim/change.ts';
import type { Attributes, Complex } from '../../connector/scim/resource.ts';

const URN = 'urn:example:1.0';
const members = { attribute: 'members' } as const;

describe('changes', () => {
  it('set and unset attributes, parts of them and those of extensions', () => {
    const before: Attributes = { userName: 'ann', name: { givenName: 'A', familyName: 'B' }, [URN]: { x: 1 } };
    const after = applyChanges(before, [
      { op: 'set', path: { attribute: 'title' }, value: 'T' },
      { op: 'set', path: { attribute: 'name', sub: 'givenName' }, value: 'Z' },
      { op: 'unset', path: { attribute: 'name', sub: 'familyName' } },
      { op: 'set', path: { extension: URN, attribute: 'y' }, value: 2 },
      { op: 'unset', path: { extension: URN, attribute: 'x' } },
    ]);
    expect(after).to.deep.equal({ userName: 'ann', title: 'T', name: { givenName: 'Z' }, [URN]: { y: 2 } });
    expect(before).to.deep.equal({ userName: 'ann', name: { givenName: 'A', familyName: 'B' }, [URN]: { x: 1 } });
  });

  it('leave nothing empty behind', () => {
    const before: Attributes = { name: { givenName: 'A' }, members: [{ value: '1' }], [URN]: { x: 1 } };
    const after = applyChanges(before, [
      { op: 'unset', path: { attribute: 'name', sub: 'givenName' } },
      { op: 'remove', path: members, values: [{ value: '1' }] },
      { op: 'unset', path: { extension: URN, attribute: 'x' } },
    ]);
    expect(after).to.deep.equal({});
  });

  it('add an element once, matched by its value, and remove strangers in peace', () => {
    const before: Attributes = { members: [{ value: '1', display: 'old' }, { value: '2' }] };
    const change = (op: 'add' | 'remove', ...ids: string[]): Change => ({
      op,
      path: members,
      values: ids.map((value) => ({ value })),
    });
    expect(applyChanges(before, [change('add', '1', '3')])).to.deep.equal({
      members: [{ value: '2' }, { value: '1' }, { value: '3' }],
    });
    expect(applyChanges(before, [change('remove', '2', '9')])).to.deep.equal({
      members: [{ value: '1', display: 'old' }],
    });
  });

  it('match elements without a value as a whole', () => {
    const before: Attributes = { addresses: [{ locality: 'Porto', type: 'home' }, { locality: 'Oslo' }] };
    const path = { attribute: 'addresses' };
    expect(applyChanges(before, [{ op: 'remove', path, values: [{ type: 'home', locality: 'Porto' }] }])).to.deep.equal(
      { addresses: [{ locality: 'Oslo' }] },
    );
  });

  it('keep names that objects inherit', () => {
    const set = (attribute: string): Change => ({ op: 'set', path: { extension: URN, attribute }, value: 'v' });
    const after = applyChanges({}, ['__proto__', 'constructor'].map(set));
    expect(Object.keys(after[URN] ?? {})).to.deep.equal(['__proto__', 'constructor']);
    const added = applyChanges({}, [{ op: 'add', path: { extension: URN, attribute: 'toString' }, values: ['v'] }]);
    expect(Object.entries(added[URN] ?? {})).to.deep.equal([['toString', ['v']]]);
    expect(diff({}, after)).to.have.length(2);
    expect(diff({ [URN]: { a: 1 } }, after)).to.have.length(3);
  });
});

describe('many changes', () => {
  // Copying the extension for every one of them would take minutes, far beyond the runner's limit.
  it('reach twenty thousand attributes of one extension', () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `a${i}`);
    const block = Object.fromEntries(names.map((name) => [name, 1]));
    const after = applyChanges({}, diff({}, { [URN]: block }));
    expect(after).to.deep.equal({ [URN]: block });
    expect(applyChanges(after, diff(after, {}))).to.deep.equal({});
  });
});

describe('the difference of two resources', () => {
  it('is nothing when they say the same, in whatever order', () => {
    const emails = [{ value: 'a', type: 'work' }, { value: 'b' }];
    const same = [{ value: 'b' }, { type: 'work', value: 'a' }];
    expect(diff({ emails }, { emails: same })).to.deep.equal([]);
    expect(sameValue(emails, same)).to.equal(true);
    expect(sameValue(emails, emails.slice(1))).to.equal(false);
    expect(sameValue('a', undefined)).to.equal(false);
  });

  it('changes members one by one', () => {
    const before = { members: [{ value: '1', display: 'x' }, { value: '2' }] };
    const after = { members: [{ value: '2' }, { value: '3' }] };
    expect(diff(before, after)).to.deep.equal([
      { op: 'remove', path: members, values: [{ value: '1', display: 'x' }] },
      { op: 'add', path: members, values: [{ value: '3' }] },
    ]);
  });

  it('looks at each of many members a few times, and makes no text of it', () => {
    let looks = 0;
    const member = (id: number): Complex => ({
      get value() {
        looks += 1;
        return `id-${id}`;
      },
    });
    const cost = (size: number, order: (ids: readonly number[]) => readonly number[]): number => {
      const ids = Array.from({ length: size }, (_, i) => i);
      const [before, after] = [ids.map(member), [...order(ids), size].map(member)];
      looks = 0;
      expect(diff({ members: before }, { members: after })).to.have.length(1);
      return looks;
    };
    const stringify = JSON.stringify;
    JSON.stringify = () => {
      throw new Error('text was made of a member');
    };
    try {
      for (const order of [(ids: readonly number[]) => ids, (ids: readonly number[]) => ids.toReversed()])
        for (const size of [1000, 4000]) expect(cost(size, order)).to.be.at.most(6 * size);
    } finally {
      JSON.stringify = stringify;
    }
  });

  it('leads from one to the other when applied', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    const name = fc.constantFrom('title', 'nickName', 'emails', 'members', '__proto__x');
    const elements = fc.uniqueArray(fc.record({ value: fc.constantFrom('1', '2', '3') }), {
      minLength: 1,
      selector: ({ value }) => value,
    });
    const flat = fc.dictionary(name, scalar, { maxKeys: 4, noNullPrototype: true });
    const some = fc
      .record({ core: flat, block: flat, elements: fc.option(elements) })
      .map(({ core, block, elements: list }): Attributes => {
        const { emails: _, members: __, ...rest } = core;
        return {
          ...rest,
          ...(list ? { members: list, emails: list } : {}),
          ...(Object.keys(block).length ? { [URN]: block } : {}),
        };
      });
    fc.assert(
      fc.property(some, some, (a, b) => {
        expect(diff(applyChanges(a, diff(a, b)), b)).to.deep.equal([]);
      }),
    );
  });
});
