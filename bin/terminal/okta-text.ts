import stringWidth from 'string-width';
import type { FormField } from '../../connector/auth/method-kind.ts';
import type { BaseUrl } from '../../connector/operations/okta/base-urls.ts';
import type { CustomRow } from '../../connector/operations/okta/okta-schema.ts';
import type { Sheet } from '../../connector/operations/okta/okta-sheet.ts';
import type { Capability } from '../../connector/protocol/okta-capabilities.ts';
import { padTo, widthOf, wrap } from './line-width.ts';
import { table } from './table.ts';

export type Style = 'text' | 'markdown';

const COLUMNS = ['Display name', 'Variable name', 'External name', 'External namespace', 'Type', 'Required'] as const;
const NAMESPACE = 3;
const MAPPING = ['Okta', 'Arrives as', ''] as const;

const cells = (row: CustomRow): readonly string[] => [
  row.display_name,
  row.variable_name,
  row.external_name,
  row.external_namespace,
  row.type,
  row.required ? 'yes' : 'no',
];

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');
const width = (): number => widthOf(process.stdout);
/** A sentence, or words in a row. */
const paragraph = (text: string, style: Style): string => (style === 'text' ? wrap(`  ${text}`, width()) : text);
/** `<the token>` is no HTML. */
const cellText = (cell: string): string => cell.replaceAll('|', '\\|').replaceAll('<', '&lt;');

/** Rows under a head, in either style. */
export function grid(head: readonly string[], rows: readonly (readonly string[])[], style: Style): string {
  if (style === 'text') return indent(table([head, ...rows], width() - 2));
  const line = (row: readonly string[]): string => `| ${row.map(cellText).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

const heading = (text: string, style: Style): string => (style === 'text' ? `${text}\n` : `## ${text}\n`);
const commands = (lines: readonly string[], style: Style): string =>
  style === 'text' ? indent(indent(lines.join('\n'))) : `\`\`\`\n${lines.join('\n')}\n\`\`\``;

/** All rows have one namespace; beside each it would not fit on a terminal. */
export function customTable(rows: readonly CustomRow[], style: Style): string {
  const all = [COLUMNS, ...rows.map(cells)];
  if (style === 'markdown') return grid(COLUMNS, all.slice(1), style);
  const shown = all.map((row) => row.toSpliced(NAMESPACE, 1));
  const [head = [], ...body] = shown;
  return `  ${COLUMNS[NAMESPACE]} of each: ${rows[0]?.external_namespace ?? ''}\n\n${grid(head, body, style)}`;
}

/** @param several  the app is one of several, and is named */
export const schemaText = (app: string, rows: readonly CustomRow[], several: boolean, style: Style): string =>
  several ? `${heading(`App "${app}"`, style)}\n${customTable(rows, style)}\n` : customTable(rows, style);

export const capabilityTable = (capabilities: readonly Capability[], style: Style): string =>
  grid(
    ['Capability', '', 'Why'],
    capabilities.map(({ name, on, because }) => [name, on ? 'on' : 'off', because]),
    style,
  );

/** Values are pasted in Okta: a hint may go below one, but a value is never broken. */
export function fieldLines(rows: readonly FormField[], columns: number): string {
  const names = Math.max(...rows.map(({ field }) => stringWidth(field))) + '    '.length;
  return rows
    .map(({ field, value, hint = '' }) => {
      const fits = names + stringWidth(value) <= columns;
      const line = fits ? padTo(`  ${field}`, names) + value : `  ${field}\n    ${value}`;
      if (hint === '') return line;
      const short = fits && stringWidth(`${line}   (${hint})`) <= columns;
      return short ? `${line}   (${hint})` : `${line}\n${wrap(`${' '.repeat(fits ? names : 4)}(${hint})`, columns)}`;
    })
    .join('\n');
}

/** Which base URL is for what. */
export const baseUrlFields = (urls: readonly BaseUrl[]): readonly FormField[] =>
  urls.map(({ purpose, url, why }) => ({ field: purpose, value: url, hint: why }));

function fields(rows: readonly FormField[], head: readonly string[], style: Style): string {
  if (style === 'text') return fieldLines(rows, width());
  const pairs = rows.map(({ field, value, hint }) => [field, hint === undefined ? value : `${value}   (${hint})`]);
  return grid(head, pairs, style);
}

/** The sheet for whoever configures the app in Okta. */
export function sheetText(sheet: Sheet, style: Style): string {
  const { trust } = sheet;
  return [
    heading(`Okta, app "${sheet.app}": Provisioning > Configure SCIM Connector`, style),
    `${fields(sheet.fields, ['Field', 'Value'], style)}\n`,
    heading('Which base URL: its end decides the version of SCIM', style),
    `${fields(baseUrlFields(sheet.base_urls), ['For', 'Base URL'], style)}\n`,
    heading('Okta will offer', style),
    `${paragraph(sheet.capabilities.join(' '), style)}\n`,
    ...(sheet.custom_attributes.length > 0
      ? [
          heading('Custom attributes: Profile Editor > Add Attribute', style),
          `${customTable(sheet.custom_attributes, style)}\n`,
        ]
      : []),
    heading('What arrives without mapping anything', style),
    `${grid(
      MAPPING,
      sheet.mappings.map(({ okta, arrives_as: as, note }) => [okta, as, note]),
      style,
    )}\n`,
    ...(trust
      ? [
          heading('On each agent: trust this connector', style),
          `${paragraph(`Copy ${trust.ca_file} there (SHA-256 ${trust.sha256}), then with its path there, on Linux`, style)}\n`,
          `${commands(trust.linux, style)}\n`,
          `${paragraph('or in an elevated Windows prompt', style)}\n`,
          `${commands(trust.windows, style)}\n`,
        ]
      : []),
    ...sheet.notes.map((note) => (style === 'text' ? paragraph(note, style) : `- ${note}`)),
  ].join('\n');
}
