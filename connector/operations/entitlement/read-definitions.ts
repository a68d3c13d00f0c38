import type { Readable } from 'node:stream';
import type { Definition } from '../../backend/module/entitlement-keeping.ts';
import { shown } from '../../scim/error.ts';
import { csvRows, invalidCsv } from '../transfer/csv-rows.ts';

/** Names that the columns may have, in any case. */
const COLUMNS = {
  id: ['id', 'value'],
  name: ['name', 'displayname', 'display'],
  description: ['description'],
} as const;

type Column = keyof typeof COLUMNS;

/** Okta's own limit (docs/okta-agent.md, Entitlements). Unit: characters. */
const LONGEST_DESCRIPTION = 1000;
const LONGEST = 255;

function placesIn(header: readonly string[]): Readonly<Record<Column, number>> {
  const names = header.map((name) => name.toLowerCase().replace(/[ _-]/g, ''));
  const placeOf = (column: Column): number => Math.max(...COLUMNS[column].map((name) => names.indexOf(name)));
  const places = { id: placeOf('id'), name: placeOf('name'), description: placeOf('description') };
  for (const column of ['id', 'name'] as const)
    if (places[column] < 0)
      throw invalidCsv(
        `line 1 of the file: there is no column ${column}; the first line names them: id,name,description`,
      );
  return places;
}

function textAt(line: number, column: Column, cell: string | undefined, longest: number): string {
  const text = cell?.trim() ?? '';
  if (text === '' && column !== 'description') throw invalidCsv(`line ${line} of the file: ${column} is empty`);
  if (/\p{Cc}/u.test(text)) throw invalidCsv(`line ${line} of the file: ${column} holds a control character`);
  if (text.length > longest)
    throw invalidCsv(`line ${line} of the file: ${column} is longer than ${longest} characters`);
  return text;
}

/** Entitlements from a CSV file with a header. @throws invalidSyntax naming the first line that is wrong, TextError */
export async function readDefinitions(input: Readable): Promise<readonly Definition[]> {
  let places: ReturnType<typeof placesIn> | undefined;
  const byId = new Map<string, Definition>();
  for await (const { line, cells } of csvRows(input)) {
    const record = cells();
    if (!places) {
      places = placesIn(record);
      continue;
    }
    const id = textAt(line, 'id', record[places.id], LONGEST);
    const name = textAt(line, 'name', record[places.name], LONGEST);
    const description = textAt(line, 'description', record[places.description], LONGEST_DESCRIPTION);
    if (byId.has(id)) throw invalidCsv(`line ${line} of the file: the id ${shown(id)} again; each stands there once`);
    byId.set(id, { id, name, ...(description === '' ? {} : { description }) });
  }
  if (byId.size === 0)
    throw invalidCsv('the file holds no entitlement; its first line names the columns: id,name,description');
  return [...byId.values()];
}
