import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { call } from '../../conformance/company.ts';
import { User } from '../../conformance/people.ts';
import { twoConnectors } from './two-connectors.ts';

const PAGE = join(import.meta.dirname, '..', '..', '..', 'docs', 'metrics.md');

describe('what is known of a PostgreSQL database', () => {
  const two = twoConnectors();
  const value = (name: string, state?: string): number | undefined =>
    two.a.gauges().find((one) => one.name === name && one.labels?.['state'] === state)?.value;

  it('are connections, waiting and what was done, each of them on the page', async () => {
    await Promise.all(['a', 'b', 'c'].map((userName) => two.a.create(call, User, { userName })));
    expect(value('postgres_connections', 'busy')).to.equal(0);
    expect(value('postgres_connections', 'idle')).to.be.greaterThan(0);
    expect(value('postgres_create_operations_total')).to.equal(3);
    expect(value('postgres_create_seconds_total')).to.be.greaterThan(0);
    const page = readFileSync(PAGE, 'utf8');
    for (const { name } of two.a.gauges()) expect(page).to.contain(name.replace(/^postgres_create/, '_create'));
  });

  it('is nothing before it is opened and after it is closed', async () => {
    await two.a.close();
    expect(two.a.gauges()).to.deep.equal([]);
  });
});
