/** A body on its way out. */
export type Json = Readonly<Record<string, unknown>>;
