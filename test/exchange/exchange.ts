import * as z from 'zod';

const request = z.strictObject({
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** Below the base URL, encoded as it goes on the wire. */
  path: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
  /** JSON, or text sent as it is. */
  body: z.union([z.record(z.string(), z.unknown()), z.string()]).optional(),
});

const response = z.strictObject({
  status: z.int(),
  /** Among others. Lower-case names. */
  headers: z.record(z.string(), z.string()).optional(),
  /** Absent: nothing may come, unless one of the next says what. */
  body: z.unknown().optional(),
  /** What the body has among others; `null` stands for what it must not have. Lists are whole. */
  has: z.record(z.string(), z.unknown()).optional(),
  /** userNames or displayNames of a list, in its order. */
  names: z.array(z.string()).optional(),
});

/** A recorded conversation with Okta. A field that is not here is an error, so that none can be written in vain. */
export const exchange = z.strictObject({
  /** The title of its test: a sentence. */
  description: z.string(),
  /** Where it comes from: a page and a heading in it, like "docs/okta-agent.md, Lookups". */
  source: z.string(),
  put: z.enum(['merge', 'replace']),
  /** Absent: compatible. */
  dialect: z.enum(['compatible', 'strict', 'profile']).optional(),
  /** Lines of docs/scim-coverage.md that it holds. */
  covers: z.array(z.string()).optional(),
  /** POSTed before; `as` names the variable that holds the id. */
  seed: z.array(z.strictObject({ as: z.string(), path: z.string(), body: z.record(z.string(), z.unknown()) })),
  steps: z.array(z.strictObject({ name: z.string(), request, response })).min(1),
});

export type Exchange = z.infer<typeof exchange>;
