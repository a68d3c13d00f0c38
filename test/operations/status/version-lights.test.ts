import { expect } from 'chai';
import { versionLights } from '../../../connector/operations/status/version-lights.ts';
import type { SpokenVersion } from '../../../connector/vitals/spoken-versions.ts';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const HOUR = 3_600_000;
const at = (before: number): string => new Date(NOW - before).toISOString();

const one = (version: string, since: number, last: number, more: Partial<SpokenVersion> = {}): SpokenVersion => ({
  app: 'default',
  actor: 'okta',
  version,
  since: at(since),
  last: at(last),
  begun: 1,
  ...more,
});
const told = (...versions: SpokenVersion[]) => versionLights({ versions }, NOW).map(({ app, text }) => [app, text]);

describe('the light of the version of SCIM', () => {
  it('is not there before anybody has called', () => {
    expect(versionLights({}, NOW)).to.deep.equal([]);
  });

  it('says what is spoken by whom, an app each', () => {
    expect(
      told(
        one('1.1', 9 * HOUR, HOUR),
        one('2.0', HOUR, HOUR, { actor: 'entra' }),
        one('2.0', HOUR, HOUR, { app: 'hr' }),
      ),
    ).to.deep.equal([
      ['default', 'SCIM 1.1 by okta; SCIM 2.0 by entra'],
      ['hr', 'SCIM 2.0 by okta'],
    ]);
  });

  it('tells of a move, and no more of it after a month', () => {
    expect(told(one('2.0', 3 * HOUR, HOUR), one('1.1', 99 * HOUR, 5 * HOUR))).to.deep.equal([
      ['default', 'SCIM 2.0 by okta since 3 h ago; SCIM 1.1 until 5 h ago'],
    ]);
    const long = 31 * 24 * HOUR;
    expect(told(one('2.0', long, HOUR), one('1.1', long, long))).to.deep.equal([['default', 'SCIM 2.0 by okta']]);
  });

  it('tells a move from one credential that speaks both', () => {
    expect(told(one('2.0', HOUR, HOUR, { begun: 2 }), one('1.1', 3 * HOUR, 2 * HOUR))).to.deep.equal([
      ['default', 'both by okta: SCIM 2.0 60 min ago, SCIM 1.1 2 h ago'],
    ]);
  });
});
