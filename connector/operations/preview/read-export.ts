import type { Readable } from 'node:stream';
import { typesOf } from '../../backend/module/app-settings.ts';
import type { App } from '../../config/config.ts';
import { protocolAt } from '../../protocol/protocols.ts';
import type { Draft } from '../../scim/draft.ts';
import { ScimError } from '../../scim/error.ts';
import { oktaUserUrn } from '../../scim/schema/custom.ts';
import { OperationError } from '../operation-error.ts';
import { csvRows } from '../transfer/csv-rows.ts';
import { Examples, type Found } from './examples.ts';
import { type OktaColumn, oktaColumns } from './okta-columns.ts';
import { isDeactivated, pushOf } from './okta-person.ts';
import { OktaRows } from './okta-rows.ts';
import type { UniqueField } from './unique-field.ts';

export interface ExportReading {
  readonly field: UniqueField;
  /** Paths by column, where the header's names do not tell. */
  readonly columns: ReadonlyMap<string, string>;
  /** Examples of rows that cannot be read. */
  readonly examples: number;
  readonly signal: AbortSignal;
}

/** An export of Okta's users. */
export interface OktaExport {
  readonly columns: readonly OktaColumn[];
  readonly rows: OktaRows;
  readonly deactivated: number;
  readonly unreadable: Found;
  /** The draft of the push that Okta would send. @throws invalidSyntax, invalidValue */
  readonly draftOf: (cells: readonly string[]) => Draft;
}

/** @throws OperationError usage for a table that is none, or has no logins */
export async function readExport(
  app: App,
  input: Readable,
  { field, columns: given, examples, signal }: ExportReading,
): Promise<OktaExport> {
  const { User } = typesOf(app);
  const protocol = protocolAt(app.path);
  const rows = new OktaRows();
  const unreadable = new Examples<'unreadable'>(examples);
  let columns: readonly OktaColumn[] | undefined;
  let deactivated = 0;
  const draftIn = (own: readonly OktaColumn[], cells: readonly string[]): Draft =>
    protocol.decodeResource(User, pushOf(app.okta_app, User, own, cells), app);
  for await (const { line, cells } of csvRows(input)) {
    if (signal.aborted) throw signal.reason;
    try {
      const own = cells();
      if (!columns)
        columns = withLogin(
          oktaColumns(
            User,
            oktaUserUrn(app.okta_app),
            own.map((name) => name.trim()),
            given,
          ),
        );
      else if (isDeactivated(columns, own)) deactivated += 1;
      else {
        const { attributes } = draftIn(columns, own);
        const keys = field.keysOf(attributes);
        const name = String(attributes['userName'] ?? '');
        if (keys.length === 0) unreadable.add('unreadable', { id: `line ${line}`, name, text: `has no ${field.name}` });
        else rows.add({ line, name, cells: own }, keys);
      }
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      unreadable.add('unreadable', { id: `line ${line}`, name: '', text: error.message });
    }
  }
  const own = columns;
  if (!own)
    throw new OperationError(
      'usage',
      'the export is empty; it needs a header with a column "login" and a row for each user',
    );
  return {
    columns: own,
    rows,
    deactivated,
    unreadable: unreadable.of('unreadable'),
    draftOf: (cells) => draftIn(own, cells),
  };
}

function withLogin(columns: readonly OktaColumn[]): readonly OktaColumn[] {
  if (columns.some(({ path }) => path === 'userName')) return columns;
  const names = columns.map(({ column }) => column).join(', ');
  throw new OperationError(
    'usage',
    `the header has no column for the login; it has: ${names}. Say which one it is: --columns "NAME=userName"`,
  );
}
