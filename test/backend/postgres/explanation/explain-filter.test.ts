import { expect } from 'chai';
import { explainFilter } from '../../../../connector/backend/postgres/explanation/explain-filter.ts';
import { movePeople } from '../../../../connector/operations/move/move-people.ts';
import { compile } from '../../../conformance/company.ts';
import { people, User } from '../../../conformance/people.ts';
import { filledFile, withEnds } from '../../../operations/move/stores.ts';
import { postgresDatabase } from '../../../support/postgres/suite.ts';

describe('a filter explained on PostgreSQL', function suite() {
  this.timeout(60_000);
  const database = postgresDatabase();
  const { signal } = new AbortController();
  const explained = (text: string, most = 200_000) =>
    explainFilter(
      { ...database.fresh.settings, schema: 'scim', passwords: 'hash' },
      { type: User, filter: compile(User, text), signal, most },
    );
  const MORE = 5000;
  const all = people.length + 2 + MORE;

  beforeEach(async () => {
    const file = await filledFile();
    await withEnds(file, database.fresh.settings, (ends) =>
      movePeople(ends, false, { signal, onProgress: () => undefined }),
    );
    // Of a table of one page the server reads all, whatever indexes there are.
    await database.fresh.admin(
      `INSERT INTO scim.resource (id, type, key, display, display_key, created, modified, version, doc, folded)
       SELECT n, 'User', n, n, n, 0, 0, 1, '{}', '{}' FROM (SELECT g::text FROM generate_series(1, ${MORE}) AS g) AS g (n)`,
    );
  });

  it('says which index finds it, and reads what is found', async () => {
    const { found, findings, steps, complete } = await explained('externalId eq "EXT-701"');
    expect({ found, complete }).to.deep.equal({ found: 2, complete: true });
    expect(findings).to.deep.equal([{ status: 'ok', text: 'fast: an index finds it, however many users there are' }]);
    expect(steps.flatMap(({ plan }) => plan.map(({ text }) => text)).join('; ')).to.contain(
      'resource_external (externalId)',
    );
    expect(steps[0]?.parameters).to.include('ext-701');
  });

  it('counts everybody who is looked at for another, and says what has an index', async () => {
    const { found, lookedAt, findings } = await explained('title co "e"');
    expect(found).to.be.above(0);
    expect(lookedAt).to.equal(all);
    expect(findings[0]?.text).to.match(
      new RegExp(`^slow: reads every one of the ${all} users, .* found by an index: userName and`),
    );
  });

  it('ends between two statements when enough has been read', async () => {
    const { complete, findings } = await explained('title co "e"', 0);
    expect(complete).to.equal(false);
    expect(findings[0]).to.deep.include({ status: 'warning' });
  });
});
