import { expect } from 'chai';
import { backendsWith, catalogue, moduleNamed } from '../../connector/backend/catalogue.ts';

describe('the backends together', () => {
  const twice = (names: readonly string[]): readonly string[] => names.filter((name, i) => names.indexOf(name) !== i);

  it('have one default, which comes first', () => {
    expect(catalogue.map(({ isDefault = false }) => isDefault).indexOf(true)).to.equal(0);
    expect(catalogue.filter(({ isDefault }) => isDefault)).to.have.lengthOf(1);
  });

  it('give no two things the same name in the same place', () => {
    expect(twice(catalogue.map(({ name }) => name))).to.deep.equal([]);
    expect(twice(catalogue.flatMap(({ shortFlags = {} }) => Object.keys(shortFlags)))).to.deep.equal([]);
    for (const table of ['users', 'groups'] as const)
      expect(twice(catalogue.flatMap((module) => Object.keys(module[table]?.settings ?? {}))), table).to.deep.equal([]);
  });

  it('are found by the word in backend = "…"', () => {
    for (const module of catalogue) expect(moduleNamed(module.name)).to.equal(module);
    expect(() => moduleNamed('oracle')).to.throw('there is no backend "oracle"');
  });

  it('are named by what they can do', () => {
    expect(backendsWith('transfer')).to.equal('backend = "sqlite" or "postgres"');
    expect(backendsWith('mapping')).to.equal('backend = "ldap"');
  });
});
