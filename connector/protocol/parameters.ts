/** Parameters of one request under their lower-case names; of several with one name the first counts. */
export type Parameters = ReadonlyMap<string, string>;

/** Decodes `%20` and `+` alike (docs/okta-agent.md, Lookups). */
export function parseParameters(queryString: string): Parameters {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(queryString)) {
    const lower = name.toLowerCase();
    if (!parameters.has(lower)) parameters.set(lower, value);
  }
  return parameters;
}
