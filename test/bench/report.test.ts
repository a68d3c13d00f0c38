import { expect } from 'chai';
import { Report } from './report.ts';

describe('the rows of the benchmark', () => {
  const measured: string[] = [];
  const lines: string[] = [];
  const rowOf = (report: Report, name: string, value: number) =>
    report.row(name, 'what', { atMost: 5 }, () => {
      measured.push(name);
      return { value, unit: 'ms' };
    });
  beforeEach(() => {
    measured.length = 0;
    lines.length = 0;
  });

  it('have a verdict each, and what was missed is counted', async () => {
    const report = new Report([], (line) => lines.push(line));
    await rowOf(report, 'pages.cpu', 5);
    await rowOf(report, 'pages.import', 5.01);
    report.skip('directory', 'there is none');
    expect(lines.map((line) => line.split(/\s+/)[0])).to.deep.equal(['met', 'MISSED', 'skipped']);
    expect(report.missed).to.equal(1);
    expect(report.summary).to.equal('1 of 2 goals met, 1 skipped');
  });

  it('are measured one by one, or part by part, when asked for', async () => {
    const report = new Report(['pages.cpu', 'start'], () => undefined);
    expect(['pages', 'start', 'starting', 'groups'].filter((part) => report.wants(part))).to.deep.equal([
      'pages',
      'start',
    ]);
    for (const name of ['pages.cpu', 'pages.import', 'start.idle', 'groups.put']) await rowOf(report, name, 1);
    expect(measured).to.deep.equal(['pages.cpu', 'start.idle']);
  });

  it('are told from names that no row has', async () => {
    const report = new Report(['pages.cpu', 'pages.nothing', 'page'], () => undefined);
    await rowOf(report, 'pages.cpu', 1);
    expect(report.unknown).to.deep.equal(['pages.nothing', 'page']);
  });
});
