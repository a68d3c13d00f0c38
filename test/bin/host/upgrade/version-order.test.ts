import { expect } from 'chai';
import { refuseOlder } from '../../../../bin/host/upgrade/upgrade.ts';
import { isOlder } from '../../../../bin/host/upgrade/version-order.ts';

describe('the order of versions', () => {
  /** Semantic Versioning 2.0.0 §11, its examples among them. */
  const ASCENDING = [
    '0.1.0',
    '0.9.12',
    '0.10.0',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.1',
    '2.0.0',
  ];

  it('is that of Semantic Versioning', () => {
    for (const [i, a] of ASCENDING.entries())
      for (const [j, b] of ASCENDING.entries()) expect(isOlder(a, b), `${a} ${b}`).to.equal(i < j);
    expect(isOlder('1.0.0+1', '1.0.0+2')).to.equal(false);
  });

  it('keeps an upgrade from going back, and says which versions', () => {
    expect(() => refuseOlder('1.9.0', '1.10.0')).to.throw(
      /version 1\.9\.0 is older than 1\.10\.0, .*nothing was changed; .*--allow-downgrade/,
    );
    expect(() => refuseOlder('1.10.0', '1.10.0')).not.to.throw();
  });
});
