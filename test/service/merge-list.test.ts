import { expect } from 'chai';
import type { Complex } from '../../connector/scim/resource.ts';
import { resourceTypes } from '../../connector/scim/schema/resource-type.ts';
import { mergeList } from '../../connector/service/merge-list.ts';

const { User } = resourceTypes();
const attributeNamed = (name: string) => User.attributes.find((attribute) => attribute.name === name) as never;
const merge = (name: string, stored: readonly Complex[], sent: readonly Complex[]): readonly Complex[] =>
  mergeList(attributeNamed(name), stored, sent);

describe('a list in a PUT that merges', () => {
  const phones = [
    { value: '1', type: 'work' },
    { value: '2', type: 'mobile', primary: true },
    { value: '3', type: 'home' },
    { value: '4', type: 'fax' },
  ];

  it('replaces the kinds that it names, in their places, and keeps the rest', () => {
    expect(merge('phoneNumbers', phones, [{ value: '9', type: 'Mobile', primary: true }])).to.deep.equal([
      { value: '1', type: 'work' },
      { value: '9', type: 'Mobile', primary: true },
      { value: '3', type: 'home' },
      { value: '4', type: 'fax' },
    ]);
  });

  it('adds what was not there', () => {
    expect(merge('phoneNumbers', phones, [{ value: '5', type: 'pager' }])).to.deep.equal([
      ...phones,
      { value: '5', type: 'pager' },
    ]);
  });

  it('replaces all of a kind', () => {
    const stored = [...phones, { value: '5', type: 'work' }];
    expect(merge('phoneNumbers', stored, [{ value: '6', type: 'work' }])).to.deep.equal([
      { value: '6', type: 'work' },
      ...phones.slice(1),
    ]);
  });

  it('lets a new primary one take the place of the old, whatever they are called', () => {
    const stored = [
      { value: 'a@x.org', type: 'work', primary: true },
      { value: 'b@x.org', type: 'home' },
    ];
    expect(merge('emails', stored, [{ value: 'c@x.org', type: 'primary', primary: true }])).to.deep.equal([
      { value: 'c@x.org', type: 'primary', primary: true },
      { value: 'b@x.org', type: 'home' },
    ]);
  });

  it('keeps a value that is no longer the primary one', () => {
    const stored = [
      { value: '1', type: 'work', primary: true },
      { value: '3', type: 'home' },
    ];
    expect(merge('phoneNumbers', stored, [{ value: '2', type: 'mobile', primary: true }])).to.deep.equal([
      { value: '1', type: 'work', primary: false },
      { value: '3', type: 'home' },
      { value: '2', type: 'mobile', primary: true },
    ]);
    expect(merge('phoneNumbers', stored, [{ value: '3', type: 'home', primary: true }])).to.deep.equal([
      { value: '1', type: 'work', primary: false },
      { value: '3', type: 'home', primary: true },
    ]);
  });

  it('has no value twice because it has another name now', () => {
    const stored = [{ value: 'a@x.org', type: 'other' }];
    expect(merge('emails', stored, [{ value: 'a@x.org', type: 'work' }])).to.deep.equal([
      { value: 'a@x.org', type: 'work' },
    ]);
  });

  it('means the primary one, or the first, where it names no kind', () => {
    expect(merge('phoneNumbers', phones, [{ value: '9' }]).map(({ value }) => value)).to.deep.equal([
      '1',
      '9',
      '3',
      '4',
    ]);
    const stored = [{ value: 'a' }, { value: 'b' }];
    expect(merge('entitlements', stored, [{ value: 'c' }])).to.deep.equal([{ value: 'c' }]);
  });

  it('keeps the parts of an address that it leaves out', () => {
    const stored = [
      { type: 'work', streetAddress: 'Main 1', locality: 'Lund', postalCode: '22100' },
      { type: 'home', locality: 'Malmö' },
    ];
    for (const sent of [{ type: 'work', locality: 'Umeå' }, { locality: 'Umeå' }])
      expect(merge('addresses', stored, [sent])).to.deep.equal([
        { type: 'work', streetAddress: 'Main 1', locality: 'Umeå', postalCode: '22100' },
        { type: 'home', locality: 'Malmö' },
      ]);
  });
});
