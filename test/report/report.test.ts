import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { barChart } from '../../connector/report/bar-chart.ts';
import { escapeHtml, html } from '../../connector/report/html.ts';
import { reportPage } from '../../connector/report/page.ts';
import { dataTable, finding, tiles, verdict } from '../../connector/report/parts.ts';

const EVIL = `"><script>alert(1)</script><img src=x onerror='x'>&\u202e`;

describe('a report', () => {
  it('escapes every value, wherever it stands', () => {
    const page = reportPage({
      title: EVIL,
      subtitle: EVIL,
      body: [
        verdict(true, EVIL),
        tiles([{ value: EVIL, label: EVIL }]),
        finding('bad', EVIL),
        dataTable([EVIL], [[EVIL]]),
        barChart(EVIL, [
          {
            label: EVIL,
            parts: [
              { value: 1, tone: 'bad', name: EVIL },
              { value: 1, tone: 'good', name: EVIL },
            ],
          },
        ]),
        html`<p title="${EVIL}">${EVIL}</p>`,
      ],
    });
    expect(page).not.to.match(/<script|<img|onerror='|\u202e/);
    expect(page.match(/&lt;script&gt;/g)?.length).to.be.at.least(12);
    expect(escapeHtml(`<>&"'`)).to.equal('&lt;&gt;&amp;&quot;&#39;');
  });

  it('lets a browser load and run nothing, and take the one style that is in it', () => {
    const page = reportPage({ title: 'T', subtitle: 'S', body: [] });
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const [, style = ''] = /<style>([^<]*)<\/style>/.exec(page) ?? [];
    const digest = createHash('sha256').update(style).digest('base64');
    const told = policy.replaceAll('&#39;', "'");
    expect(told).to.contain("default-src 'none'").and.to.contain(`style-src 'sha256-${digest}'`);
    expect(page).not.to.match(/\bstyle=|https?:|@import|url\(/);
  });

  it('draws bars in proportion, with their numbers, and none of nothing', () => {
    const bar = (label: string, value: number) => ({ label, parts: [{ value, tone: 'calm' as const, name: label }] });
    const { text } = barChart('Counts', [bar('many', 2000), bar('half', 1000), bar('one', 1), bar('none', 0)]);
    const widths = [...text.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(widths).to.have.length(3);
    expect(widths[0]).to.equal(2 * (widths[1] ?? 0));
    expect(widths[2]).to.equal(2);
    expect(text).to.contain('>2,000</text>').and.to.contain('role="img" aria-label="Counts"');
    expect(barChart('Counts', [bar('none', 0)]).text).to.equal('');
  });
});
