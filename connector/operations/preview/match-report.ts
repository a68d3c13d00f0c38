import { barChart } from '../../report/bar-chart.ts';
import { html, type Markup } from '../../report/html.ts';
import { reportPage } from '../../report/page.ts';
import { dataTable, finding, type State, shownNumber, tiles, verdict } from '../../report/parts.ts';
import type { Found } from './examples.ts';
import type { AttributeOverwrites, MatchPreview } from './match-preview.ts';

/** Bars that a page has room for. */
const MOST_BARS = 25;

const more = (count: number, shown: number): Markup | undefined =>
  count > shown && shown > 0 ? html`<p class="soft">and ${shownNumber(count - shown)} more (--all)</p>` : undefined;

const section = (state: State, { count, examples }: Found, text: string): Markup | undefined =>
  count === 0
    ? undefined
    : html`${finding(state, `${shownNumber(count)} ${text}`)}${dataTable(
        ['userName', 'line or id', ''],
        examples.map(({ name, id, text: words = '' }) => [name, id, words]),
      )}${more(count, examples.length)}`;

function overwritten({ attribute, overwritten: replaced, filled, removed, examples }: AttributeOverwrites): Markup {
  const rows = examples.map(({ name, before = '–', after = '–' }) => [name, before, after]);
  const counts = `${shownNumber(replaced)} overwritten, ${shownNumber(removed)} removed, ${shownNumber(filled)} filled in`;
  return html`<h3>${attribute}</h3><p class="soft">${counts}</p>${dataTable(['userName', 'before', 'after'], rows)}`;
}

/** The same as a page to keep, mail and print. @param made  when, and by what, for the reader @param conclusion  in one sentence */
export function matchReport(preview: MatchPreview, made: string, conclusion: string): string {
  const {
    app,
    ok,
    field,
    rows,
    linked,
    unchanged,
    created,
    ambiguous,
    refused,
    unreadable,
    onlyHere,
    overwrites,
    columns,
  } = preview;
  const bar = (label: string, value: number, tone: 'good' | 'calm' | 'bad' | 'rest') => ({
    label,
    parts: [{ value, tone, name: label }],
  });
  return reportPage({
    title: `Match preview: ${app}`,
    subtitle: `${made}. Matched by ${field}`,
    body: [
      verdict(ok, conclusion),
      tiles([
        { value: shownNumber(rows.read), label: 'rows of the export' },
        { value: shownNumber(linked), label: 'linked' },
        { value: shownNumber(created.count), label: 'new' },
        { value: shownNumber(ambiguous.count), label: 'ambiguous' },
        { value: shownNumber(onlyHere.count), label: 'only here' },
      ]),
      html`<h2>Whom Okta would find</h2>${barChart('Rows of the export and people here', [
        bar('linked, stay as they are', unchanged, 'good'),
        bar('linked, changed by a push', linked - unchanged, 'calm'),
        bar('new', created.count, 'calm'),
        bar('only here', onlyHere.count, 'rest'),
        bar('ambiguous', ambiguous.count, 'bad'),
        bar('would be refused', refused.count, 'bad'),
        bar('cannot be read', unreadable.count, 'bad'),
      ])}`,
      html`<h2>What pushes would change</h2>${barChart(
        'People by attribute that a push would change',
        overwrites.slice(0, MOST_BARS).map(({ attribute, overwritten: replaced, removed, filled }) => ({
          label: attribute.replace(/^urn:.*:/, ''),
          parts: [
            { value: replaced, tone: 'bad' as const, name: 'overwritten' },
            { value: removed, tone: 'warn' as const, name: 'removed' },
            { value: filled, tone: 'calm' as const, name: 'filled in' },
          ],
        })),
      )}${overwrites.map(overwritten)}`,
      html`<h2>Rows and people</h2>${[
        section('bad', unreadable, 'of the rows cannot be read'),
        section('bad', ambiguous, `of the rows are ambiguous: several have one ${field}`),
        section('bad', refused, 'of the rows would be refused'),
        section('good', created, 'new: Okta would create them here'),
        section('good', onlyHere, 'only here: not in the export, or deactivated in Okta'),
      ]}`,
      html`<h2>Columns</h2>${dataTable(
        ['column', 'attribute', 'sent'],
        columns.map(({ column, path = '–', sent = 'not used' }) => [
          column,
          path,
          sent === 'always' ? 'by itself' : sent === 'mapped' ? 'where it is mapped in Okta' : sent,
        ]),
      )}`,
    ],
  });
}
