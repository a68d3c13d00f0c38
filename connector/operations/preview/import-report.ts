import { type Bar, barChart } from '../../report/bar-chart.ts';
import { html, type Markup } from '../../report/html.ts';
import { reportPage } from '../../report/page.ts';
import { dataTable, finding, type State, shownNumber, tiles, verdict } from '../../report/parts.ts';
import type { Example } from './examples.ts';
import type { ImportPreview } from './import-preview.ts';

const rowsOf = (examples: readonly Example[]): readonly (readonly string[])[] =>
  examples.map(({ name, id, text = '' }) => [name, id, text]);

const more = (count: number, shown: number): Markup | undefined =>
  count > shown && shown > 0 ? html`<p class="soft">and ${shownNumber(count - shown)} more (--all)</p>` : undefined;

function* findings({ people, dangling, census }: ImportPreview): Generator<Markup> {
  for (const { effect, count, what, fix, examples } of people)
    yield html`${finding(effect === 'refused' ? 'bad' : 'warn', `${shownNumber(count)} ${what}`)}<p class="soft">Fix: ${fix}</p>${dataTable(['userName', 'id', ''], rowsOf(examples))}${more(count, examples.length)}`;
  if (dangling.count > 0)
    yield html`${finding('warn', `${shownNumber(dangling.count)} members of groups are nobody whom Okta is shown`)}<p class="soft">Fix: make them visible, or take them out of the groups</p>${dataTable(['group', 'id', ''], rowsOf(dangling.examples))}${more(dangling.count, dangling.examples.length)}`;
  for (const { reason, count, fix, examples } of census?.invisible ?? [])
    yield html`${finding('warn', `${shownNumber(count)} accounts below the base are not shown to Okta: ${reason}`)}<p class="soft">Fix: ${fix}</p>${dataTable(
      ['entry'],
      examples.map((one) => [one]),
    )}${more(count, examples.length)}`;
}

const GUARD: Readonly<Record<ImportPreview['safeguard']['state'], State>> = {
  passes: 'good',
  'may trip': 'warn',
  trips: 'bad',
  unknown: 'warn',
};

const bar = (label: string, value: number, tone: Bar['parts'][number]['tone'], name: string): Bar => ({
  label,
  parts: [{ value, tone, name }],
});

function chartsOf({ users, people, census, safeguard }: ImportPreview): readonly Markup[] {
  const counts: readonly Bar[] = [
    {
      label: 'users',
      parts: [
        { value: users.active, tone: 'calm', name: 'active' },
        { value: users.inactive, tone: 'rest', name: 'inactive' },
      ],
    },
    ...(safeguard.before === undefined
      ? []
      : [bar('users at the last import', safeguard.before, 'good', 'last import')]),
  ];
  const faults: readonly Bar[] = [
    ...people.map(({ kind, count, effect }) =>
      bar(kind, count, effect === 'refused' ? 'bad' : 'warn', effect === 'refused' ? 'refused' : 'imported badly'),
    ),
  ];
  const hidden = (census?.invisible ?? []).map(({ reason, count }) => bar(reason, count, 'warn', 'not shown'));
  return [
    html`<h2>Users</h2>${barChart('Users that Okta would see', counts)}`,
    ...(faults.length > 0
      ? [html`<h2>People with something wrong</h2>${barChart('People by what is wrong with them', faults)}`]
      : []),
    ...(hidden.length > 0
      ? [html`<h2>Accounts that are not shown</h2>${barChart('Accounts that are not shown, by reason', hidden)}`]
      : []),
  ];
}

/** The same as a page to keep, mail and print. @param made  when, and by what, for the reader @param conclusion  in one sentence */
export function importReport(preview: ImportPreview, made: string, conclusion: string): string {
  const { app, ok, users, groups, memberships, pages, bytes, safeguard, time, census } = preview;
  const all = [...findings(preview)];
  return reportPage({
    title: `Import preview: ${app}`,
    subtitle: made,
    body: [
      verdict(ok, conclusion),
      tiles([
        { value: shownNumber(users.total), label: 'users' },
        { value: shownNumber(groups), label: 'groups' },
        { value: shownNumber(memberships), label: 'memberships' },
        { value: shownNumber(pages), label: 'pages' },
        { value: `${shownNumber(Math.ceil(bytes / 1024))} KB`, label: 'to be sent' },
      ]),
      ...chartsOf(preview),
      html`<h2>Safeguard and time</h2>${finding(GUARD[safeguard.state], `Import safeguard: ${safeguard.state}`)}<p>${safeguard.text}</p><p>Takes ${time.text}.</p>`,
      ...(all.length > 0 ? [html`<h2>Findings</h2>`, ...all] : []),
      ...(census?.note === undefined ? [] : [html`<p class="soft">Note: ${census.note}</p>`]),
    ],
  });
}
