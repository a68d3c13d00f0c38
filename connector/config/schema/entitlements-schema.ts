import * as z from 'zod';
import { about, optional } from '../vocabulary/scalars.ts';
import { addedTo, explained } from './backend-tables.ts';

const text = z.string();

/** Becomes the `type` of what people have, part of URLs, and part of a path in a mapping. */
export const entitlementTypePattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

const listed = z
  .union([text.min(1), z.strictObject({ name: text.min(1), description: text.max(1000).exactOptional() })])
  .meta(
    about(undefined, {
      description: 'What people call it',
      expected: 'a name in quotes, or { name = "Microsoft 365 E3", description = "…" }',
    }),
  );

/** One kind of entitlement: [apps.NAME.entitlements.TYPE]. */
const entitlementType = z.strictObject({
  kind: optional(z.enum(['entitlement', 'role']), {
    description:
      'Which of Okta\'s two schemas it has: "role" is listed in `roles` of a person, "entitlement" in `entitlements` with its type',
    computed: '"role" for the type Role, "entitlement" for others',
    example: 'entitlement',
  }),
  endpoint: optional(text.regex(/^\/[A-Za-z][A-Za-z0-9_-]*$/, 'must look like "/Licenses"'), {
    description: 'Where Okta reads them, below the base URL',
    computed: 'the name of the type in the plural, such as "/Licenses"',
    example: '/Licenses',
  }),
  description: text.max(1000).exactOptional().describe('Shown in /ResourceTypes'),
  single: z.boolean().default(false).describe('Nobody has more than one of it'),
  list: optional(z.record(text.min(1).max(255), listed), {
    description: 'Fixed entitlements: the id of each and its name. Ids never change; Okta keeps them',
    example: { e3: 'Microsoft 365 E3', f1: 'Microsoft 365 F1' },
  }),
  ...addedTo('entitlements'),
});

/** [apps.NAME.entitlements] */
export const entitlements = z
  .record(text.regex(entitlementTypePattern), entitlementType)
  .default({})
  .meta(
    about(undefined, {
      description: explained('What people are given, for Okta Identity Governance: SCIM 2.0 alone', 'entitlements'),
      example: { License: { description: 'Licences of the office suite' } },
    }),
  );
