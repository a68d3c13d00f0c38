import type { App } from '../../config/config.ts';
import { type CustomAttribute, oktaUserUrn } from '../../scim/schema/custom.ts';

/** One attribute as Okta's Profile Editor asks for it. */
export interface CustomRow {
  readonly display_name: string;
  readonly variable_name: string;
  readonly external_name: string;
  readonly external_namespace: string;
  readonly type: string;
  readonly required: boolean;
}

/** Our types → the Profile Editor's. It has no date: Okta sends what the mapping yields, as text. */
const OKTA_TYPES: Readonly<Record<CustomAttribute['type'], string>> = {
  string: 'string',
  boolean: 'boolean',
  integer: 'integer',
  decimal: 'number',
  datetime: 'string',
  list: 'string array',
};

/** `badgeId` → `Badge id`. */
function displayName(name: string): string {
  const words = name.replaceAll(/[-_]+/g, ' ').replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

const row =
  (namespace: string) =>
  ({ name, type, required }: CustomAttribute): CustomRow => ({
    display_name: displayName(name),
    variable_name: name,
    external_name: name,
    external_namespace: namespace,
    type: OKTA_TYPES[type],
    required: required ?? false,
  });

/**
 * What to add in Directory > Profile Editor > the app's profile. Users only: Okta has no group attributes to add.
 * @param oktaApp  Okta's own name of the app, where it is known better than the configuration has it
 */
export const customRows = (app: App, oktaApp = app.okta_app): readonly CustomRow[] =>
  app.users.custom.map(row(oktaUserUrn(oktaApp)));
