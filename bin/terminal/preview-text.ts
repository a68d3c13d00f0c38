import { printable } from '../../connector/log/printable.ts';
import type { Example } from '../../connector/operations/preview/examples.ts';
import type { ImportPreview } from '../../connector/operations/preview/import-preview.ts';
import { cutTo, wrap } from './line-width.ts';
import { mark } from './mark.ts';
import { table } from './table.ts';

const number = (count: number): string => count.toLocaleString('en-US');

const size = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${Math.round(bytes / 1024 / 1024)} MB`;

/** Below what was counted: the first few, and how many there are besides. */
function* exampleLines(lines: readonly string[], count: number, width: number): Generator<string> {
  for (const line of lines) yield cutTo(`      ${printable(line)}`, width);
  if (count > lines.length && lines.length > 0) yield `      and ${number(count - lines.length)} more (--all)`;
}

export const exampleText = ({ id, name, text }: Example): string =>
  [name === '' ? '(no name)' : name, ...(id === name ? [] : [`id ${id}`]), ...(text === undefined ? [] : [text])].join(
    '  ',
  );

function* section(
  title: string,
  fix: string | undefined,
  lines: readonly string[],
  count: number,
  width: number,
): Generator<string> {
  yield wrap(title, width);
  if (fix !== undefined) yield wrap(`      fix: ${printable(fix)}`, width);
  yield* exampleLines(lines, count, width);
}

const GUARD = { passes: 'ok', 'may trip': 'warning', trips: 'failed', unknown: 'warning' } as const;

/** What `import preview` prints. */
export function importText(preview: ImportPreview, width: number): string {
  const { users, groups, memberships, pages, bytes, people, faulty, dangling, census, safeguard, time } = preview;
  const lines: string[] = [
    table(
      [
        ['users', `${number(users.total)} (${number(users.active)} active, ${number(users.inactive)} inactive)`],
        ['groups', `${number(groups)} with ${number(memberships)} memberships`],
        ['to be sent', `${number(pages)} pages, ${size(bytes)}`],
        ['takes', time.text],
        ['safeguard', `${mark(GUARD[safeguard.state]).trim()}  ${safeguard.text}`],
      ],
      width,
    ),
    '',
  ];
  for (const { effect, count, what, fix, examples } of people) {
    const status = mark(effect === 'refused' ? 'failed' : 'warning').trim();
    lines.push(...section(`${status}  ${number(count)} ${what}`, fix, examples.map(exampleText), count, width));
  }
  if (dangling.count > 0)
    lines.push(
      ...section(
        `${mark('warning').trim()}  ${number(dangling.count)} members of groups are nobody whom Okta is shown`,
        'make them visible, or take them out of the groups',
        dangling.examples.map(({ name, text }) => `${name}  ${text}`),
        dangling.count,
        width,
      ),
    );
  for (const { reason, count, fix, examples } of census?.invisible ?? [])
    lines.push(
      ...section(
        `${mark('warning').trim()}  ${number(count)} accounts below the base are not shown to Okta: ${reason}`,
        fix,
        examples,
        count,
        width,
      ),
    );
  if (census?.note !== undefined) lines.push(wrap(`note: ${census.note}`, width));
  const verdict = preview.ok
    ? 'Nothing stands in the way of an import.'
    : [
        ...(faulty > 0
          ? [`${number(faulty)} of ${number(users.total)} people would be refused or imported badly.`]
          : []),
        ...(safeguard.state === 'trips' ? ['The import safeguard would trip.'] : []),
      ].join(' ');
  return [...lines, ...(lines.at(-1) === '' ? [] : ['']), verdict].join('\n');
}
