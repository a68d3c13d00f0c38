import { attribute, complex, string } from './attribute.ts';
import type { EntitlementType } from './entitlement.ts';
import type { Schema } from './resource-type.ts';

const fixed = { mutability: 'readOnly' } as const;
const exact = { ...fixed, caseExact: true } as const;

/** What entitlements of a type are: whoever reads them changes none (docs/entitlements.md). */
export const entitlementSchema = ({ name, kind }: EntitlementType): Schema => ({
  name,
  attributes: [
    string('id', 'Unique identifier of the entitlement; it never changes.', { ...exact, required: true }),
    string('displayName', 'The name that people know it by.', { ...fixed, required: true }),
    ...(kind === 'role'
      ? []
      : [string('type', 'The name of its resource type.', { ...exact, required: true, canonicalValues: [name] })]),
    string('description', 'What it is for.', fixed),
    complex('meta', 'A complex attribute containing resource metadata.', [
      string('resourceType', "The name of the resource's type.", exact),
      attribute('created', 'datetime', 'When it was made.', fixed),
      attribute('lastModified', 'datetime', 'When it was changed last.', fixed),
      string('location', 'The URI of the resource.', exact),
    ]),
  ],
  extensions: [],
});
