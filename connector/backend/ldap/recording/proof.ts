import { z } from 'zod';

const expected = z.object({
  kind: z.enum(['exactly', 'has', 'lacks']),
  key: z.string(),
  sameness: z.enum(['exact', 'folded']),
  /** Values are bytes. */
  binary: z.literal(true).optional(),
  /** Of the values, or of the first of many: a modify is done whole or not at all. */
  digests: z.array(z.string()),
  /** Of all values. */
  count: z.number(),
});

const place = {
  dn: z.string(),
  /** URL of the server that the write went to. */
  server: z.string(),
  /** Of the entry, as SCIM has it, where it was read before. */
  id: z.string().optional(),
  /** Of the entry just before, on that server. */
  version: z.string().optional(),
};

/** What `settle` looks for. Values of people are in it as salted hashes alone; names of entries as they are. */
export const proof = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add'), ...place, salt: z.string(), expected: z.array(expected) }),
  z.object({ kind: z.literal('modify'), ...place, salt: z.string(), expected: z.array(expected) }),
  z.object({ kind: z.literal('rename'), ...place, to: z.string() }),
  z.object({ kind: z.literal('delete'), ...place }),
  z.object({ kind: z.literal('password'), ...place }),
]);

export type Proof = z.infer<typeof proof>;
export type Expected = z.infer<typeof expected>;
