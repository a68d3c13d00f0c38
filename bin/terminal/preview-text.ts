import type { ImportPreview } from '../../connector/operations/preview/import-preview.ts';
import { wrap } from './line-width.ts';
import { mark } from './mark.ts';
import { exampleText, number, type Section, sectionLines } from './preview-lines.ts';
import { table } from './table.ts';

const size = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${Math.round(bytes / 1024 / 1024)} MB`;

const GUARD = { passes: 'ok', 'may trip': 'warning', trips: 'failed', unknown: 'warning' } as const;

function* sections({ people, dangling, census }: ImportPreview): Generator<Section> {
  for (const { effect, count, what, fix, examples } of people)
    yield {
      status: effect === 'refused' ? 'failed' : 'warning',
      title: `${number(count)} ${what}`,
      fix,
      count,
      examples: examples.map(exampleText),
    };
  if (dangling.count > 0)
    yield {
      status: 'warning',
      title: `${number(dangling.count)} members of groups are nobody whom Okta is shown`,
      fix: 'make them visible, or take them out of the groups',
      count: dangling.count,
      examples: dangling.examples.map(({ name, text }) => `${name}  ${text}`),
    };
  for (const { reason, count, fix, examples } of census?.invisible ?? [])
    yield {
      status: 'warning',
      title: `${number(count)} accounts below the base are not shown to Okta: ${reason}`,
      fix,
      count,
      examples,
    };
}

/** In one sentence. */
export function importConclusion({ ok, faulty, users, safeguard }: ImportPreview): string {
  if (ok) return users.total === 0 ? 'There is nobody to import.' : 'Nothing stands in the way of an import.';
  return [
    ...(faulty > 0 ? [`${number(faulty)} of ${number(users.total)} people would be refused or imported badly.`] : []),
    ...(safeguard.state === 'trips' ? ['The import safeguard would trip.'] : []),
  ].join(' ');
}

/** What `import preview` prints: counts first, then what stands in the way. */
export function importText(preview: ImportPreview, width: number): string {
  const { users, groups, memberships, pages, bytes, census, safeguard, time } = preview;
  const counts = [
    ['users', `${number(users.total)} (${number(users.active)} active, ${number(users.inactive)} inactive)`],
    ['groups', `${number(groups)} with ${number(memberships)} memberships`],
    ['to be sent', `${number(pages)} pages, ${size(bytes)}`],
    ['takes', time.text],
    ['safeguard', `${mark(GUARD[safeguard.state]).trim()}  ${safeguard.text}`],
  ];
  const lines = [...sections(preview)].flatMap((section) => [...sectionLines(section, width)]);
  if (census?.note !== undefined) lines.push(wrap(`note: ${census.note}`, width));
  return [table(counts, width), '', ...lines, ...(lines.length > 0 ? [''] : []), importConclusion(preview)].join('\n');
}
