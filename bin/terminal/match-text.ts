import { onOneLine } from '../../connector/log/printable.ts';
import type { AttributeOverwrites, MatchPreview } from '../../connector/operations/preview/match-preview.ts';
import { cutTo, wrap } from './line-width.ts';
import { exampleText, number, type Section, sectionLines } from './preview-lines.ts';
import { table } from './table.ts';

const quoted = (value: string | undefined): string => (value === undefined ? '–' : onOneLine(value));

function* sections({ ambiguous, refused, unreadable, created, onlyHere, field }: MatchPreview): Generator<Section> {
  const of = (status: Section['status'], found: MatchPreview['created'], title: string, fix?: string): Section[] =>
    found.count === 0
      ? []
      : [
          {
            status,
            title: `${number(found.count)} ${title}`,
            count: found.count,
            examples: found.examples.map(exampleText),
            ...(fix === undefined ? {} : { fix }),
          },
        ];
  yield* of('failed', unreadable, 'of the rows cannot be read', 'correct them in the file');
  yield* of(
    'failed',
    ambiguous,
    `of the rows are ambiguous: several have one ${field}, here or in Okta`,
    'make it unique, or choose another unique field in Okta (--field)',
  );
  yield* of('failed', refused, 'of the rows would be refused', 'correct the value in Okta, or the unique field');
  yield* of('ok', created, 'new: Okta would create them here');
  yield* of('ok', onlyHere, 'only here: not in the export, or deactivated in Okta');
}

const effectsOf = ({ overwritten, filled, removed }: AttributeOverwrites): string =>
  [
    ...(overwritten > 0 ? [`${number(overwritten)} overwritten`] : []),
    ...(removed > 0 ? [`${number(removed)} removed`] : []),
    ...(filled > 0 ? [`${number(filled)} filled in`] : []),
  ].join(', ');

/** `urn:…:department` is called department: the URN is the same for all of a block. */
const shortName = (attribute: string): string => attribute.replace(/^urn:.*:/, '');

function* overwriteLines({ overwrites }: MatchPreview, width: number): Generator<string> {
  if (overwrites.length === 0) return;
  yield 'What profile pushes would change, the most overwritten first:';
  for (const one of overwrites) {
    yield wrap(`  ${shortName(one.attribute)}: ${effectsOf(one)}`, width);
    for (const { name, before, after } of one.examples)
      yield cutTo(`      ${onOneLine(name)}: ${quoted(before)} → ${quoted(after)}`, width);
  }
  yield '';
}

const named = (names: readonly string[]): string => names.join(', ') || 'none';

/** In one sentence. */
export function matchConclusion({ readOnly, ok }: MatchPreview): string {
  if (readOnly) return 'The app is read_only: every push would be refused.';
  return ok
    ? 'Nothing stands in the way of assigning these people.'
    : 'Some rows would fail, or meet the wrong person.';
}

/** What `match preview` prints: counts first, then what stands in the way, then what would be overwritten. */
export function matchText(preview: MatchPreview, width: number): string {
  const { rows, linked, unchanged, created, ambiguous, onlyHere, columns, field } = preview;
  const sent = (how: string): string => named(columns.flatMap((one) => (one.sent === how ? [one.column] : [])));
  const counts = [
    [
      'export',
      `${number(rows.read)} rows${rows.deactivated > 0 ? `, and ${number(rows.deactivated)} deactivated in Okta, left out` : ''}`,
    ],
    ['matched by', field],
    ['linked', `${number(linked)}, of which a push leaves ${number(unchanged)} as they are`],
    ['new', number(created.count)],
    ['ambiguous', number(ambiguous.count)],
    ['only here', number(onlyHere.count)],
    [
      'columns',
      `sent by itself: ${sent('always')}; where they are mapped in Okta: ${sent('mapped')}; not used: ${named(columns.flatMap(({ column, sent: how }) => (how === undefined ? [column] : [])))}`,
    ],
  ];
  const lines = [...sections(preview)].flatMap((section) => [...sectionLines(section, width)]);
  return [
    table(counts, width),
    '',
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    ...overwriteLines(preview, width),
    matchConclusion(preview),
  ].join('\n');
}
