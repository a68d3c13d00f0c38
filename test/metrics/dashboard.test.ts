import { join } from 'node:path';
import { expect } from 'chai';
import { dashboardIn, type Panel } from './dashboard.ts';

const COLUMNS = 24;

const overlap = (a: Panel, b: Panel): boolean => {
  const [one, two] = [a.gridPos, b.gridPos];
  return one.x < two.x + two.w && two.x < one.x + one.w && one.y < two.y + two.h && two.y < one.y + one.h;
};

/** What Grafana would put right or refuse at an import, as far as it can be seen without one. */
describe('the dashboard for Grafana', () => {
  const { panels, templating, schemaVersion } = dashboardIn(
    join(import.meta.dirname, '..', '..', 'docs', 'grafana-dashboard.json'),
  );

  it('lets the data source be chosen, and names no other', () => {
    expect(templating.list[0]).to.include({ name: 'datasource', type: 'datasource' });
    const charts = panels.filter(({ type }) => type !== 'row');
    const sources = charts.flatMap(({ datasource, targets = [] }) => [
      datasource,
      ...targets.map((one) => one.datasource),
    ]);
    expect(new Set(sources.map((source) => source?.uid))).to.deep.equal(new Set(['$' + '{datasource}']));
  });

  it('uses the variables that it declares', () => {
    const declared = new Set([...templating.list.map(({ name }) => name), '__rate_interval']);
    const used = panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => expr.match(/(?<=\$)\w+/g) ?? []));
    expect([...new Set(used)].filter((name) => !declared.has(name))).to.deep.equal([]);
  });

  it('has panels with ids of their own that lie side by side and say what they show', () => {
    expect(schemaVersion).to.be.at.least(39);
    expect(new Set(panels.map(({ id }) => id)).size).to.equal(panels.length);
    const outside = panels.filter(({ gridPos: { x, w } }) => x < 0 || x + w > COLUMNS);
    expect(outside.map(({ title }) => title)).to.deep.equal([]);
    const pairs = panels.flatMap((one, i) => panels.slice(i + 1).map((other) => [one, other] as const));
    expect(pairs.filter(([one, other]) => overlap(one, other)).map(([{ title }]) => title)).to.deep.equal([]);
    const charts = panels.filter(({ type }) => type !== 'row');
    expect(charts.filter(({ description }) => !description).map(({ title }) => title)).to.deep.equal([]);
    for (const { title, targets = [] } of charts)
      expect(new Set(targets.map(({ refId }) => refId)).size, title)
        .to.equal(targets.length)
        .and.above(0);
  });
});
