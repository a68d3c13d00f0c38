import { expect } from 'chai';
import type { ServerFacts } from '../../../connector/postgres/examination/server-facts.ts';
import { type Expectation, serverFindings } from '../../../connector/postgres/examination/server-findings.ts';

const FACTS: ServerFacts = {
  version: 150_018,
  isStandby: false,
  started: '2026-11-28 09:00:00.000001+00',
  isReadOnly: false,
  encoding: 'UTF8',
  synchronousCommit: 'on',
  synchronousStandbys: '',
  fsync: true,
  connections: 97,
  statementTimeout: 60_000,
  clockAhead: 12,
  isSuperuser: false,
  schemaOwner: 'scim',
  mayCreate: true,
  tls: 'TLSv1.3',
  isPooled: false,
};
const EXPECTED: Expectation = {
  user: 'scim',
  database: 'people',
  schema: 'scim',
  hasStandbys: false,
  poolSize: 10,
  deadline: 30_000,
};

/** Facts that are not as they should be, and what is said of them. */
const CASES: readonly (readonly [Partial<ServerFacts>, Partial<Expectation>, status: string, text: RegExp])[] = [
  [{ version: 120_022 }, {}, 'failed', /^PostgreSQL 12\.22 is too old: the connector needs 13 or later$/],
  [{ encoding: 'LATIN1' }, {}, 'failed', /is LATIN1: names need UTF8/],
  [
    { isReadOnly: true },
    {},
    'failed',
    /ALTER ROLE "scim" IN DATABASE "people" SET default_transaction_read_only = off$/,
  ],
  [
    { mayCreate: false, schemaOwner: undefined },
    {},
    'failed',
    /^the schema scim is missing, and the role scim may not/,
  ],
  [{ mayCreate: false, schemaOwner: 'dba' }, {}, 'failed', /^the schema scim belongs to dba.* --print-grants /],
  [{ isSuperuser: true }, {}, 'warning', /^the role scim is a superuser/],
  [
    { synchronousCommit: 'off' },
    {},
    'warning',
    /told is done is lost when the server crashes.* synchronous_commit = on$/,
  ],
  [{ fsync: false }, {}, 'warning', /^fsync is off/],
  [{}, { hasStandbys: true }, 'warning', /^replication is asynchronous: .*synchronous_standby_names/],
  [{ connections: 17 }, {}, 'warning', /allows 17, and two connectors with pool_size = 10 take up to 20/],
  [{ statementTimeout: 2000 }, {}, 'warning', /^statement_timeout is 2000 ms, less than the 30000 ms/],
  [{ clockAhead: 65_000 }, {}, 'warning', /database's is 65 s ahead of this machine's/],
  [{ clockAhead: -7000 }, {}, 'warning', /database's is 7 s behind this machine's/],
];

const found = (facts: Partial<ServerFacts>, expected: Partial<Expectation>) => [
  ...serverFindings({ ...FACTS, ...facts }, { ...EXPECTED, ...expected }),
];

describe('what stands in the way of a PostgreSQL server', () => {
  it('is nothing where all is as it should be', () => {
    expect(found({}, {})).to.deep.equal([]);
  });

  for (const [facts, expected, status, text] of CASES)
    it(`is ${JSON.stringify({ ...facts, ...expected })}`, () => {
      const findings = found(facts, expected);
      expect(findings.map((one) => one.status)).to.deep.equal([status]);
      expect(findings[0]?.text).to.match(text);
    });

  it('is no number of connections where a pooler hands them on', () => {
    expect(found({ connections: 17, isPooled: true }, {})).to.deep.equal([]);
  });

  it('is no asynchronous replication where a standby must have each change first', () => {
    expect(found({ synchronousStandbys: 'ANY 1 (a, b)' }, { hasStandbys: true })).to.deep.equal([]);
    expect(found({ synchronousStandbys: 'a', synchronousCommit: 'local' }, { hasStandbys: true })).to.have.lengthOf(1);
  });
});
