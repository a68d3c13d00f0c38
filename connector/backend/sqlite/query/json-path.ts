/** `$."name"."sub"`: a JSON string is also how SQLite's paths quote a name. Always bound, never inlined. */
export const jsonPath = (...names: readonly string[]): string =>
  `$${names.map((name) => `.${JSON.stringify(name)}`).join('')}`;
