import type { ChangePath } from '../scim/change.ts';
import type { Draft } from '../scim/draft.ts';
import { type Attributes, type Bag, isUrn } from '../scim/resource.ts';

/** Every place in an extension that `draft` speaks of, besides those in `removed`. */
function* placesIn(
  { attributes, cleared }: Draft,
  removed: readonly ChangePath[],
): Generator<[urn: string, name?: string]> {
  for (const [urn, block] of Object.entries(attributes).filter(([name]) => isUrn(name))) {
    for (const name of Object.keys(block)) yield [urn, name];
  }
  for (const { extension, attribute } of [...cleared, ...removed]) {
    if (extension !== undefined) yield [extension, attribute];
    else if (isUrn(attribute)) yield [attribute];
  }
}

/**
 * `stored` with the names of extensions and their attributes spelled as the client spells them now. Names have no case
 * (SCIM 1.1 API §3.8), but those that no schema declares are kept as they came, so that two spellings of one would
 * stand side by side, and the next PUT of what was read be refused.
 */
export function respelled(stored: Attributes, draft: Draft, removed: readonly ChangePath[] = []): Attributes {
  const spellings = new Map<string, { urn: string; names: Map<string, string> }>();
  for (const [urn, name] of placesIn(draft, removed)) {
    const spelling = spellings.get(urn.toLowerCase()) ?? { urn, names: new Map<string, string>() };
    spellings.set(urn.toLowerCase(), spelling);
    if (name !== undefined) spelling.names.set(name.toLowerCase(), name);
  }
  const result: Bag = {};
  for (const [key, value] of Object.entries(stored)) {
    const spelling = isUrn(key) ? spellings.get(key.toLowerCase()) : undefined;
    result[spelling?.urn ?? key] = spelling
      ? Object.fromEntries(
          Object.entries(value).map(([name, part]) => [spelling.names.get(name.toLowerCase()) ?? name, part]),
        )
      : value;
  }
  return result;
}
