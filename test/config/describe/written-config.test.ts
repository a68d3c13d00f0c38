import { expect } from 'chai';
import { writtenConfig } from '../../../connector/config/describe/written-config.ts';

describe('a written configuration', () => {
  it('puts a setting under its explanation, and one the example does not show at the end of its table', () => {
    const text = writtenConfig([
      { path: ['log', 'level'], value: 'debug' },
      { path: ['apps', 'hr', 'put'], value: 'replace' },
      { path: ['apps', 'hr', 'users', 'custom', 'badgeId', 'type'], value: 'string' },
    ]);
    expect(text).to.match(/# Least important line[^\n]*\nlevel = "debug"\n/);
    expect(text).to.match(/\[apps\.hr\]\n[\s\S]*\nput = "replace"\n/);
    expect(text).to.match(/\[apps\.hr\.users\.custom\.badgeId\]\ntype = "string"\n/);
    expect(text).not.to.include('[apps.default');
  });
});
