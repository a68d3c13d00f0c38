/** What entries of a class must hold and may hold, its superclasses included. Lower-case names. */
export interface ObjectClass {
  /** Its own names and those of the classes above it. */
  readonly lineage: ReadonlySet<string>;
  readonly must: ReadonlySet<string>;
  readonly may: ReadonlySet<string>;
}

/** Object classes under their lower-case names; empty where the server does not say. */
export type ObjectClasses = ReadonlyMap<string, ObjectClass>;

interface Definition {
  readonly names: readonly string[];
  readonly parents: readonly string[];
  readonly must: readonly string[];
  readonly may: readonly string[];
}

/** One or several words after a keyword of a definition (RFC 4512 §4.1): `MUST ( cn $ sn )`, `SUP top`. */
function words(text: string, keyword: string): readonly string[] {
  const match = new RegExp(`\\b${keyword}\\s+(?:\\(([^)]*)\\)|('[^']*'|[\\w.;-]+))`).exec(text);
  return (match?.[1] ?? match?.[2] ?? '')
    .split(/[\s$']+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

const parse = (text: string): Definition => {
  // A description may hold the keywords.
  const plain = text.replace(/\bDESC\s+'[^']*'/, '');
  return {
    names: words(plain, 'NAME'),
    parents: words(plain, 'SUP'),
    must: words(plain, 'MUST'),
    may: words(plain, 'MAY'),
  };
};

/** ObjectClassDescriptions (RFC 4512 §4.1.1). */
export function parseObjectClasses(definitions: readonly string[]): ObjectClasses {
  const byName = new Map(definitions.map(parse).flatMap((one) => one.names.map((name) => [name, one] as const)));
  const withParents = (name: string, depth = 0): readonly Definition[] => {
    const own = depth > 20 ? undefined : byName.get(name);
    return own ? [own, ...own.parents.flatMap((parent) => withParents(parent, depth + 1))] : [];
  };
  return new Map(
    [...byName.keys()].map((name) => {
      const all = withParents(name);
      const lineage = new Set(all.flatMap(({ names }) => names));
      return [
        name,
        { lineage, must: new Set(all.flatMap(({ must }) => must)), may: new Set(all.flatMap(({ may }) => may)) },
      ];
    }),
  );
}
