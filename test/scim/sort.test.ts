import { expect } from 'chai';
import { bindSimple } from '../../connector/scim/filter/bind.ts';
import { parsePath } from '../../connector/scim/path.ts';
import type { Attributes, Scalar } from '../../connector/scim/resource.ts';
import type { BoundPath } from '../../connector/scim/schema/resource-type.ts';
import { compareKeys, sortKey } from '../../connector/scim/sort.ts';
import { CUSTOM_URN, OPEN_URN, User } from '../conformance/people.ts';

const path = (text: string): BoundPath => bindSimple(User, parsePath(text) ?? { name: text }, 'sortBy');

const keyOf = (text: string, attributes: Attributes): Scalar | undefined =>
  sortKey(
    { id: '1', meta: { created: '2026-01-01T00:00:00Z', lastModified: '2026-01-02T00:00:00Z' }, attributes },
    path(text),
  );

const sorted = (text: string, keys: readonly Scalar[]): Scalar[] =>
  [...keys].sort((a, b) => compareKeys(path(text), a, b));

describe('sort keys', () => {
  it('are the primary value of a plural, else the first that is there', () => {
    const emails = [{ type: 'work' }, { value: 'b@x.org' }, { value: 'a@x.org', primary: true }];
    expect(keyOf('emails', { emails })).to.equal('a@x.org');
    expect(keyOf('emails', { emails: emails.slice(0, 2) })).to.equal('b@x.org');
    expect(keyOf('emails.type', { emails })).to.equal(undefined);
    expect(keyOf('emails', {})).to.equal(undefined);
  });

  it('reach into extensions, and not into what objects inherit', () => {
    expect(keyOf(`${CUSTOM_URN}:badge`, { [CUSTOM_URN]: { badge: 7 } })).to.equal(7);
    expect(keyOf(`${OPEN_URN}:constructor`, { [OPEN_URN]: { x: 1 } })).to.equal(undefined);
  });

  it('are those of meta and id too', () => {
    expect(keyOf('meta.lastModified', {})).to.equal('2026-01-02T00:00:00Z');
    expect(keyOf('id', {})).to.equal('1');
  });

  it('compare by type: text folded, numbers, instants, false before true', () => {
    expect(sorted('title', ['b', 'A', 'C', 'ä'])).to.deep.equal(['A', 'b', 'C', 'ä']);
    expect(sorted(`${CUSTOM_URN}:code`, ['b', 'A', 'C'])).to.deep.equal(['A', 'C', 'b']);
    expect(sorted(`${CUSTOM_URN}:badge`, [10, 9, -1])).to.deep.equal([-1, 9, 10]);
    expect(sorted('active', [true, false])).to.deep.equal([false, true]);
    const instants = ['2026-01-01T00:00:00Z', '2026-01-01T00:30:00+01:00'];
    expect(sorted(`${CUSTOM_URN}:hired`, instants)).to.deep.equal([...instants].reverse());
  });

  it('put numbers before text where types mix', () => {
    expect(sorted(`${OPEN_URN}:shoe`, ['42', 41.5, 'a', 42])).to.deep.equal([41.5, 42, '42', 'a']);
  });
});
