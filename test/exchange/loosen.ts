import { fill, type Variables } from '../support/template.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an element of a list is called, if it is called anything that is known by now. */
function nameOf(value: unknown, variables: Variables): string | undefined {
  if (!isObject(value)) return undefined;
  const name = value['userName'] ?? value['displayName'] ?? value['value'];
  if (typeof name !== 'string') return undefined;
  try {
    return fill(name, variables);
  } catch {
    return undefined;
  }
}

/** In the order of what is expected; what is not expected comes last. */
function reordered(actual: readonly unknown[], expected: readonly unknown[], variables: Variables): readonly unknown[] {
  const names = expected.map((item) => nameOf(item, variables));
  const rank = (item: unknown): number => {
    const at = names.indexOf(nameOf(item, variables));
    return at < 0 ? names.length : at;
  };
  return names.includes(undefined) ? actual : [...actual].sort((a, b) => rank(a) - rank(b));
}

/** Labels are the mapping's, not the client's; a member is shown with the full name that every entry has. */
const MAPPED: Readonly<Record<string, readonly string[]>> = {
  emails: ['type', 'primary'],
  phoneNumbers: ['type', 'primary'],
  members: ['display'],
};

function relabelled(key: string, value: unknown, wanted: unknown): unknown {
  const labels = MAPPED[key];
  if (!labels || !Array.isArray(value) || !Array.isArray(wanted)) return value;
  return value.map((item: unknown, i) => {
    const model: unknown = wanted[i];
    if (!isObject(item) || !isObject(model)) return item;
    const rest = Object.entries(item).filter(([name]) => !labels.includes(name));
    const recorded = labels.filter((name) => name in model).map((name) => [name, model[name]] as const);
    return Object.fromEntries([...rest, ...recorded]);
  });
}

/**
 * A directory's answer without what is its own: an entry always has a cn and so a `name.formatted`, and lists are in
 * the order of ids that it makes at random; labels and display names are those of the mapping. Everything else has to be exactly as recorded.
 */
export function loosened(actual: unknown, expected: unknown, variables: Variables): unknown {
  if (Array.isArray(actual)) {
    const wanted = Array.isArray(expected) ? expected : [];
    return reordered(actual, wanted, variables).map((item, i) => loosened(item, wanted[i], variables));
  }
  if (!isObject(actual)) return actual;
  const wanted = isObject(expected) ? expected : {};
  const entries = Object.entries(actual).flatMap(([key, value]): [string, unknown][] => {
    if (key === 'name' && isObject(value)) {
      const name = isObject(wanted['name']) ? wanted['name'] : {};
      const { formatted, ...rest } = value;
      const kept = 'formatted' in name ? value : rest;
      return Object.keys(kept).length === 0 && !('name' in wanted) ? [] : [[key, kept]];
    }
    // Active Directory's display name is the formatted one.
    if (key === 'displayName' && 'userName' in actual && !(key in wanted)) return [];
    return [[key, relabelled(key, loosened(value, wanted[key], variables), wanted[key])]];
  });
  return Object.fromEntries(entries);
}
