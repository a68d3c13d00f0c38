import { z } from 'zod';
import { about, dn, texts } from '../vocabulary/scalars.ts';

const text = z.string();

const row = z.strictObject({
  ldap: text.describe('Attribute of the directory; "" takes a default row away'),
  syntax: z
    .enum(['string', 'boolean', 'integer', 'decimal', 'time', 'binary', 'dn'])
    .exactOptional()
    .describe("How values are written; by the SCIM attribute's type otherwise"),
  direction: z
    .enum(['both', 'read', 'write', 'once'])
    .exactOptional()
    .describe('"once": written when the entry is made and never again'),
  many: z.boolean().exactOptional().describe('Every value belongs to the attribute, not only the first'),
  labels: z.array(text).exactOptional().describe('"type" of the first value and of all others'),
  otherwise: z.array(text).exactOptional().describe('Templates of what to write without a value; the first that fits'),
  lower: z.boolean().exactOptional().describe('Write in lower case'),
  prefix: text.exactOptional().describe('Stands before every value in the directory'),
  placeholder: text.exactOptional().describe('Written when the directory demands a value and there is none'),
});

const line = z.union([text, row]).meta(about('row', { description: 'Attribute of the directory' }));

export const map = (example: object) =>
  z
    .record(text.min(1), line)
    .exactOptional()
    .meta(
      about(undefined, {
        description: "SCIM attributes and where the directory keeps them, besides the profile's own (docs/ldap.md)",
        example,
      }),
    );

const one = z
  .strictObject({
    set: z.record(text, text).exactOptional(),
    active: z.record(text, text).exactOptional(),
    group: text.exactOptional(),
    move_to: text.exactOptional(),
  })
  .refine(
    ({ set, group, move_to }) => [set, group, move_to].filter((choice) => choice !== undefined).length === 1,
    'must name exactly one of set, group and move_to',
  )
  .refine(({ set, active }) => active === undefined || set !== undefined, '"active" belongs to "set"')
  .transform(({ set, active, group, move_to }) => {
    if (group !== undefined) return { group };
    if (move_to !== undefined) return { move_to };
    return { set: set ?? {}, ...(active ? { active } : {}) };
  });

export const deactivate = z
  .union([z.literal('none'), one])
  .exactOptional()
  .meta(
    about('deactivate', {
      description: 'What an account that may not be used looks like. "none" offers no deactivation',
      computed: "the profile's own",
      example: { set: { employeeType: 'inactive' }, active: { employeeType: 'active' } },
    }),
  );

interface Examples {
  readonly base: string;
  readonly rdn: string;
  readonly filter: string;
  readonly protected: readonly string[];
  readonly object_classes: readonly string[];
}

/** What [apps.NAME.users] and [apps.NAME.groups] have in common in a directory. */
export const branch = (who: string, examples: Examples) => ({
  base: dn({ description: `Where ${who} live, and where new ones go`, example: examples.base }).exactOptional(),
  filter: text
    .regex(/^\(.*\)$/s, 'must be an LDAP filter in parentheses')
    .exactOptional()
    .meta(
      about(undefined, {
        description: `LDAP filter of who counts`,
        computed: "the profile's",
        example: examples.filter,
      }),
    ),
  object_classes: texts('must be the name of an object class', (name) => /^[\w.-]+$/.test(name))({
    description: 'Object classes of a new entry',
    computed: "the profile's",
    example: examples.object_classes,
  }).exactOptional(),
  rdn: text
    .regex(/^[\w.-]+\s*=\s*\S/, 'must look like "uid={userName}"')
    .exactOptional()
    .meta(
      about(undefined, {
        description: "Template of a new entry's name",
        computed: "the profile's",
        example: examples.rdn,
      }),
    ),
  protected: texts('must be a DN, "*" standing for anything, or an LDAP filter in parentheses', (value) =>
    /^\(|=/.test(value),
  )({
    description: 'Entries that no write may touch: DNs with "*", or LDAP filters in parentheses',
    example: examples.protected,
  }).exactOptional(),
});

export const membership = {
  member: text
    .regex(/^[\w.-]+$/, 'must be the name of an attribute')
    .exactOptional()
    .meta(
      about(undefined, {
        description: 'Attribute that lists the members: DNs, or user names in memberUid',
        computed: '"member"',
        example: 'member',
      }),
    ),
  placeholder_member: text.exactOptional().meta(
    about(undefined, {
      description: 'DN that stands in a group without members, where the object class demands one; "" for none',
      computed: "the profile's",
      example: 'cn=empty-membership-placeholder',
    }),
  ),
};
