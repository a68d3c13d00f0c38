import { isPassword } from '../directory/operation.ts';
import type { Modification } from '../directory/session.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import type { Value } from './digest.ts';

/** What holds of an attribute once a write is done: it has these values and no others, or has some and lacks others. */
export type Expectation =
  | { readonly kind: 'exactly'; readonly key: string; readonly values: readonly Value[] }
  | { readonly kind: 'has' | 'lacks'; readonly key: string; readonly values: readonly Value[] };

interface After {
  exactly?: readonly Value[];
  has: readonly Value[];
  lacks: readonly Value[];
}

const without = (values: readonly Value[], others: readonly Value[]): readonly Value[] => {
  const texts = new Set(others.map(String));
  return values.filter((value) => !texts.has(String(value)));
};

function apply(after: After, { operation, values }: Modification): After {
  const { exactly, has, lacks } = after;
  if (operation === 'replace') return { exactly: values, has: [], lacks: [] };
  if (operation === 'add')
    return exactly
      ? { ...after, exactly: [...exactly, ...values] }
      : { has: [...without(has, values), ...values], lacks: without(lacks, values) };
  if (values.length === 0) return { exactly: [], has: [], lacks: [] };
  return exactly
    ? { ...after, exactly: without(exactly, values) }
    : { has: without(has, values), lacks: [...without(lacks, values), ...values] };
}

/** What a modify comes to, in its order. Of passwords nothing: they are not read. */
export function expectationsOf(modifications: readonly Modification[]): readonly Expectation[] {
  const byKey = new Map<string, After>();
  for (const modification of modifications) {
    if (isPassword(modification.attribute)) continue;
    const key = keyOf(modification.attribute);
    byKey.set(key, apply(byKey.get(key) ?? { has: [], lacks: [] }, modification));
  }
  return [...byKey].flatMap(([key, { exactly, has, lacks }]): readonly Expectation[] => {
    if (exactly) return [{ kind: 'exactly', key, values: exactly }];
    const both = [
      { kind: 'has', key, values: has },
      { kind: 'lacks', key, values: lacks },
    ] as const;
    return both.filter(({ values }) => values.length > 0);
  });
}
