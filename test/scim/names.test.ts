import { expect } from 'chai';
import { displayName, naturalName } from '../../connector/scim/names.ts';
import { TRAITS } from '../../connector/scim/schema/resource-type.ts';

const { User, Group } = TRAITS;

describe('the names of a resource', () => {
  it('are unique under the natural key of its type', () => {
    const both = { userName: 'bjensen', displayName: 'Babs' };
    expect([naturalName(User, both), naturalName(Group, both)]).to.deep.equal(['bjensen', 'Babs']);
    expect(naturalName(User, {})).to.equal('');
  });

  it('are, for others, the best one that is there', () => {
    const name = { formatted: 'Ms. Jensen', familyName: 'Jensen' };
    expect(displayName(User, { userName: 'bjensen', name, displayName: 'Babs' })).to.equal('Babs');
    expect(displayName(User, { userName: 'bjensen', name })).to.equal('Ms. Jensen');
    expect(displayName(User, { userName: 'bjensen', name: { familyName: 'Jensen' } })).to.equal('bjensen');
    expect(displayName(Group, { displayName: 'Engineering' })).to.equal('Engineering');
  });
});
