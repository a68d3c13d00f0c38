import type { Call } from '../backend/backend.ts';
import { type Attributes, type Bag, type Complex, isComplex, type Resource } from '../scim/resource.ts';
import { type Entitlements, type Kind, kindNamed } from './entitlements.ts';

const elementsOf = (attributes: Attributes, holder: string): readonly Complex[] => {
  const value = attributes[holder];
  return Array.isArray(value) ? value.filter(isComplex) : [];
};

/** Of which kind something is that a person has. */
export const kindOf = (kinds: Entitlements, { type }: Complex): Kind | undefined =>
  typeof type === 'string' ? kindNamed(kinds, type) : kinds.length === 1 ? kinds[0] : undefined;

/** What each kind's entitlements are called, as far as `resources` have some whose name is not known yet. */
async function namesOf(
  call: Call,
  { type, holder, catalogue }: Kind,
  kinds: Entitlements,
  resources: readonly Resource[],
): Promise<ReadonlyMap<string, string>> {
  const ids = resources.flatMap(({ attributes }) =>
    elementsOf(attributes, holder)
      .filter((element) => element['display'] === undefined && kindOf(kinds, element)?.type === type)
      .map(({ value }) => String(value)),
  );
  if (ids.length === 0) return new Map();
  const found = await catalogue.find(call, [...new Set(ids)]);
  return new Map([...found].map(([id, { attributes }]) => [id, String(attributes['displayName'] ?? id)]));
}

/**
 * `resources` with what each entitlement is called, and of which type it is: one question for each kind, however many
 * people. What no kind knows is not shown: it is none of Okta's, who would take it away with its next full list.
 */
export async function withNames<R extends Resource>(
  call: Call,
  entitlements: Entitlements,
  resources: readonly R[],
): Promise<readonly R[]> {
  const holders = [...new Set(entitlements.map(({ holder }) => holder))];
  const kindsOf = new Map(holders.map((one) => [one, entitlements.filter(({ holder }) => holder === one)]));
  const names = new Map(
    await Promise.all(
      entitlements.map(async (kind) => {
        const kinds = kindsOf.get(kind.holder) ?? [];
        return [kind, await namesOf(call, kind, kinds, resources)] as const;
      }),
    ),
  );
  return resources.map((resource) => {
    const shown = holders.flatMap((holder) => {
      const elements = elementsOf(resource.attributes, holder);
      if (elements.length === 0) return [];
      const kinds = kindsOf.get(holder) ?? [];
      const named = elements.flatMap((element) => {
        const kind = kindOf(kinds, element);
        const display = element['display'] ?? (kind && names.get(kind)?.get(String(element['value'])));
        if (!kind || display === undefined) return [];
        return [{ ...element, display, ...(holder === 'entitlements' ? { type: kind.type.name } : {}) }];
      });
      return [[holder, named] as const];
    });
    if (shown.length === 0) return resource;
    const attributes: Bag = { ...resource.attributes };
    for (const [holder, named] of shown) {
      if (named.length > 0) attributes[holder] = named;
      else delete attributes[holder];
    }
    return { ...resource, attributes };
  });
}
