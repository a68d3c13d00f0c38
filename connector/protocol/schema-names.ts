import type { Path } from '../scim/path.ts';

/** What a protocol calls the schemas on the wire, and what we call them (`scim/schema/names.ts`). */
export interface SchemaNames {
  /** Our name → the URN on the wire. Names that the protocol has no word of its own for stay as they are. */
  wire(name: string): string;
  /** A URN of a client's, in whatever case → our name. Unknown ones stay as they came: Okta's app URNs are open. */
  ours(urn: string): string;
  /** A client's path in our names of schemas → our name of the attribute. Absent: they are spelled the same. */
  readonly ourPath?: (path: Path) => Path;
}

/** @param table  our names and the URNs that stand for them */
export function schemaNames(table: Readonly<Record<string, string>>): SchemaNames {
  const names = new Map(Object.entries(table).map(([name, urn]) => [urn.toLowerCase(), name]));
  return {
    wire: (name) => table[name] ?? name,
    ours: (urn) => names.get(urn.toLowerCase()) ?? urn,
  };
}
