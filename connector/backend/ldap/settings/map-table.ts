import * as z from 'zod';
import { about, optional } from '../../../config/vocabulary/scalars.ts';

const text = z.string();

/** How one SCIM attribute is kept. */
export const row = z.strictObject({
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
  labels: z.array(text).exactOptional().describe('"type" of the first value, of the second, …, of all others'),
  otherwise: z.array(text).exactOptional().describe('Templates of what to write without a value; the first that fits'),
  lower: z.boolean().exactOptional().describe('Write in lower case'),
  prefix: text.exactOptional().describe('Stands before every value in the directory'),
  placeholder: text.exactOptional().describe('Written when the directory demands a value and there is none'),
});

const line = z.union([text, row]).meta(
  about(undefined, {
    description: 'Attribute of the directory',
    expected: 'an attribute of the directory in quotes, or a table such as { ldap = "title", direction = "read" }',
  }),
);

/** By SCIM attribute: the attribute of the directory, or all about it. */
export const lines = z.record(text.min(1), line);

export const map = (example: object) =>
  optional(lines, {
    description: "SCIM attributes and where the directory keeps them, besides the profile's own (docs/ldap.md)",
    example,
  });
