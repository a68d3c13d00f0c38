import type { Capability } from '../connector/protocol/v1/okta.ts';
import type { CustomRow } from './okta-schema.ts';
import type { Sheet } from './okta-sheet.ts';
import { table } from './terminal.ts';

export type Style = 'text' | 'markdown';

const COLUMNS = ['Display name', 'Variable name', 'External name', 'External namespace', 'Type'] as const;

const cells = (row: CustomRow): readonly string[] => [
  row.display_name,
  row.variable_name,
  row.external_name,
  row.external_namespace,
  row.type,
];

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');
const cellText = (cell: string): string => cell.replaceAll('|', '\\|');

/** Rows under a head, in either style. */
export function grid(head: readonly string[], rows: readonly (readonly string[])[], style: Style): string {
  if (style === 'text') return indent(table([head, ...rows]));
  const line = (row: readonly string[]): string => `| ${row.map(cellText).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

const heading = (text: string, style: Style): string => (style === 'text' ? `${text}\n` : `## ${text}\n`);
const commands = (lines: readonly string[], style: Style): string =>
  style === 'text' ? indent(indent(lines.join('\n'))) : `\`\`\`\n${lines.join('\n')}\n\`\`\``;

export const customTable = (rows: readonly CustomRow[], style: Style): string => grid(COLUMNS, rows.map(cells), style);

export const capabilityTable = (capabilities: readonly Capability[], style: Style): string =>
  grid(
    ['Capability', '', 'Why'],
    capabilities.map(({ name, on, because }) => [name, on ? 'on' : 'off', because]),
    style,
  );

function fields({ fields: rows }: Sheet, style: Style): string {
  const pairs = rows.map(({ field, value, hint }) => [field, hint === undefined ? value : `${value}   (${hint})`]);
  return style === 'text' ? indent(table(pairs)) : grid(['Field', 'Value'], pairs, style);
}

/** The sheet for whoever configures the app in Okta. */
export function sheetText(sheet: Sheet, style: Style): string {
  const { trust } = sheet;
  return [
    heading(`Okta, app "${sheet.app}": Provisioning > Configure SCIM Connector`, style),
    `${fields(sheet, style)}\n`,
    heading('Okta will offer', style),
    `${style === 'text' ? '  ' : ''}${sheet.capabilities.join(' ')}\n`,
    ...(sheet.custom_attributes.length > 0
      ? [
          heading('Custom attributes: Profile Editor > Add Attribute', style),
          `${customTable(sheet.custom_attributes, style)}\n`,
        ]
      : []),
    ...(trust
      ? [
          heading('On each agent: trust this connector', style),
          `${style === 'text' ? '  ' : ''}Copy ${trust.ca_file} there (SHA-256 ${trust.sha256}), then on Linux\n`,
          `${commands(trust.linux, style)}\n`,
          `${style === 'text' ? '  ' : ''}or in an elevated Windows prompt\n`,
          `${commands(trust.windows, style)}\n`,
        ]
      : []),
    ...sheet.notes.map((note) => (style === 'text' ? `  ${note}` : `- ${note}`)),
  ].join('\n');
}
