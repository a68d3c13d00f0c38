import * as z from 'zod';
import { about, attributes, duration, optional } from '../vocabulary/scalars.ts';
import { auth } from './auth-schema.ts';
import { addedTo, backendNames, explained, ownTables } from './backend-tables.ts';
import { entitlements } from './entitlements-schema.ts';
import { limits } from './limits-schema.ts';

/** Becomes part of URLs, flags and variables. Okta forbids `_` in a URL (docs/okta-agent.md, Settings in Okta). */
export const appNamePattern = /^[a-z][a-z0-9-]{0,62}$/;

const customAttribute = z.strictObject({
  type: z
    .enum(['string', 'boolean', 'integer', 'decimal', 'datetime', 'list'])
    .default('string')
    .describe('"list" is a list of strings'),
  description: z.string().exactOptional().describe('Shown in /Schemas'),
  required: z.boolean().default(false).describe('Refuse a resource without it'),
});

const custom = (description: string, example: object) =>
  z
    .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/), customAttribute)
    .default({})
    .meta(about(undefined, { description, example }));

const users = z.strictObject({
  ...addedTo('users'),
  schema_urn: optional(
    z
      .string()
      .regex(
        /^urn:(?!ietf:|okta:)[A-Za-z0-9][A-Za-z0-9-]{0,31}:[A-Za-z0-9._:-]*[A-Za-z0-9]$/i,
        'must look like "urn:example:scim:schemas:extension:hr:1.0:User", and not begin with urn:ietf: or urn:okta:',
      ),
    {
      description:
        "URN of users' custom attributes in SCIM 2.0, where Okta imports the schema; SCIM 1.1 and the file keep Okta's",
      computed: '"urn:okta:OKTA_APP:1.0:user:custom"',
      example: 'urn:example:scim:schemas:extension:hr:1.0:User',
    },
  ),
  custom: custom("Custom attributes of users, under Okta's namespace for the app", {
    badgeId: { type: 'string', description: 'Number on the badge' },
  }),
});

const groups = z.strictObject({
  ...addedTo('groups'),
  custom: custom('Custom attributes of groups', { costCenter: { type: 'string' } }),
});

const feature = (description: string) => z.boolean().default(true).describe(description);

export const app = z
  .strictObject({
    path: optional(
      z
        .string()
        .regex(
          /^(\/[A-Za-z0-9._~-]+)*\/v[12]$/,
          'must start with "/", end in "/v1" (Okta reads the SCIM version there) and use only letters, digits and . _ ~ -',
        )
        .refine((text) => !/\/\.{1,2}\//.test(text), 'must hold no "." or ".." segment'),
      {
        description: 'Path of the base URL of SCIM 1.1; that of SCIM 2.0 ends in "/v2" instead',
        computed: '"/scim/v1" for the app "default", "/NAME/scim/v1" for others',
        example: '/scim/v1',
      },
    ),
    versions: z
      .array(z.enum(['1.1', '2.0']))
      .min(1, 'must name at least one version of SCIM: "1.1", "2.0"')
      .default(['1.1', '2.0'])
      .describe('Versions of SCIM that are spoken, each below a path of its own'),
    dialect: optional(z.enum(['compatible', 'strict', 'profile']), {
      description:
        'How closely SCIM is taken. "compatible" understands what Okta, Entra and others send; "strict" is the letter of the standard; "profile" the interoperability profile',
      computed: '"compatible", "strict" with strict = true',
      example: 'compatible',
    }),
    backend: z
      .enum(backendNames)
      .default(backendNames[0] ?? '')
      .describe('Where people are kept'),
    put: z
      .enum(['merge', 'replace'])
      .default('merge')
      .describe('What a PUT does with an absent attribute. "merge" keeps it, as the agent needs; "replace" clears it'),
    clear_when_absent: attributes({
      description: 'Attributes that "merge" clears all the same when a PUT leaves them out',
      example: ['title', 'name.middleName'],
    }).default([]),
    create_again: optional(z.enum(['accept', 'conflict']), {
      description:
        'Creating what already exists identically: "accept" answers with the existing resource (a retry after a lost reply), "conflict" with 409',
      computed: '"accept" with put = "merge", "conflict" with put = "replace"',
      example: 'accept',
    }),
    create_again_v2: z
      .enum(['accept', 'conflict'])
      .default('conflict')
      .describe('The same for SCIM 2.0, whose clients expect 409'),
    patch_reply: z
      .enum(['users', 'all', 'none'])
      .default('users')
      .describe(
        'What SCIM 2.0 answers a PATCH with that names no attributes: "users" is the person, and 204 for a group as Entra wants it; "all" is the resource, "none" is 204',
      ),
    incremental_overlap: duration('0s', '7d', {
      description: 'Subtracted from the time of an incremental import, for clocks that differ',
    }).prefault('0s'),
    strict: z.boolean().default(false).describe('The same as dialect = "strict"'),
    require_if_match: z.boolean().default(false).describe('Refuse a change without If-Match'),
    max_group_removal: z
      .int()
      .min(1)
      .max(100)
      .default(100)
      .describe("Largest share of a group's members that one change may take away. Unit: percent; 100 never refuses"),
    unknown_members: z
      .enum(['leave_out', 'refuse'])
      .default('leave_out')
      .describe(
        'Members that do not exist here. "leave_out" applies the others and names these in the log, as long as one of them exists: Okta does not repeat a push that was refused',
      ),
    unknown_manager: z
      .enum(['leave_out', 'refuse'])
      .default('refuse')
      .describe('A manager who does not exist here. "leave_out" does the rest and says so in the log'),
    unknown_manager_v2: z
      .enum(['keep', 'leave_out', 'refuse'])
      .default('keep')
      .describe(
        'The same for SCIM 2.0, whose clients send managers before they exist. "keep" stores the id; a directory, which cannot, leaves it out',
      ),
    manager_id: z
      .enum(['id', 'userName', 'employeeNumber'])
      .default('id')
      .describe('What Okta sends as managerId; answers hold the id'),
    read_only: z.boolean().default(false).describe('Refuse every write; only imports are advertised to Okta'),
    okta_app: z
      .string()
      .regex(/^[A-Za-z0-9_.-]+$/, 'must be the name as in the admin URL /admin/app/NAME/instance/…')
      .default('onprem_app')
      .describe(
        "Okta's internal name of the app, part of the custom attributes' namespace; it stands in the address of the app's page, /admin/app/NAME/instance/",
      ),
    auth: auth.exactOptional().describe('Who may call this app. What is left out is taken from [auth]'),
    features: z
      .strictObject({
        patch: feature('Partial changes by PATCH'),
        bulk: feature('Several operations in one request'),
        sort: feature('sortBy and sortOrder'),
        filter: feature('Filters. Without them Okta cannot ask whether somebody exists, so it can only import'),
        etag: feature('Versions: ETag, If-Match, If-None-Match'),
      })
      .prefault({})
      .describe('What ServiceProviderConfigs advertises and the server does'),
    limits: limits.prefault({}).describe('How much may happen before the app is held until an operator has looked'),
    ...ownTables,
    users: users.prefault({}).describe(explained('Users', 'users')),
    groups: groups.prefault({}).describe(explained('Groups', 'groups')),
    entitlements,
  })
  .meta(about(undefined, { description: 'One app in Okta' }));

export type AppInput = z.output<typeof app>;
