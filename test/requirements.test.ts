import { expect } from 'chai';
import { held } from './support/requirements/coverage.ts';
import { isBinding, requirements } from './support/requirements/requirement.ts';

describe('requirements of SCIM 2.0', () => {
  const ids = requirements.map(({ id }) => id);

  it('are listed once each', () => {
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).to.deep.equal([]);
  });

  it('are what tests say that they hold', () => {
    const unknown = held.filter(({ id }) => !ids.includes(id)).map(({ id, file }) => `${id} in ${file}`);
    expect(unknown).to.deep.equal([]);
  });

  it('have a test each, where they bind a server', () => {
    const bare = requirements.filter(isBinding).filter(({ id }) => !held.some((one) => one.id === id));
    expect(bare.map(({ id, text }) => `${id} ${text}`)).to.deep.equal([]);
  });

  it('have no excuse beside a test', () => {
    const excused = requirements.filter(({ unheld }) => unheld !== undefined).map(({ id }) => id);
    expect(held.map(({ id }) => id).filter((id) => excused.includes(id))).to.deep.equal([]);
  });
});
