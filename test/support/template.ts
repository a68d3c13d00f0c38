/** Values by name, captured from replies. */
export type Variables = Map<string, string>;

/** Placeholders for what differs from run to run and is never needed again. */
const KINDS: Readonly<Record<string, string>> = {
  time: String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`,
  version: 'W/"[^"]+"',
  reference: '[2-9A-Z]{4}-[2-9A-Z]{4}',
};

const PLACEHOLDER = /\{\{(:?)([\w-]+)\}\}/g;

/** `{{name}}` in every string of `value` becomes what the variable holds. @throws Error for an unknown one */
export function fill<T>(value: T, variables: Variables): T {
  if (typeof value === 'string') {
    return value.replace(PLACEHOLDER, (_, colon: string, name: string) => {
      const known = colon === '' ? variables.get(name) : undefined;
      if (known === undefined) throw new Error(`{{${colon}${name}}} stands for nothing yet`);
      return known;
    }) as T;
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, variables)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [fill(key, variables), fill(item, variables)]),
  ) as T;
}

const quote = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

/** One string: `{{name}}` must be what the variable holds or, the first time, captures; `{{:kind}}` must look right. */
function matchText(expected: string, actual: string, variables: Variables): boolean {
  const captured: string[] = [];
  let pattern = '';
  let end = 0;
  for (const match of expected.matchAll(PLACEHOLDER)) {
    const [whole, colon, name = ''] = match;
    pattern += quote(expected.slice(end, match.index));
    end = match.index + whole.length;
    const known = variables.get(name);
    if (colon) {
      const kind = KINDS[name];
      if (kind === undefined) throw new Error(`there is no placeholder {{:${name}}}`);
      pattern += kind;
    } else if (known !== undefined) {
      pattern += quote(known);
    } else {
      captured.push(name);
      pattern += '(.+)';
    }
  }
  const found = new RegExp(`^${pattern}${quote(expected.slice(end))}$`, 's').exec(actual);
  if (!found) return false;
  for (const [i, name] of captured.entries()) variables.set(name, found[i + 1] ?? '');
  return true;
}

/**
 * What `actual` would have to be to match: equal to `actual` exactly when it does, so that an assertion on the two
 * shows the difference. Exact: no key, no element more or less.
 */
export function expectation(expected: unknown, actual: unknown, variables: Variables): unknown {
  if (typeof expected === 'string') {
    return typeof actual === 'string' && matchText(expected, actual, variables) ? actual : expected;
  }
  if (Array.isArray(expected)) {
    const items = Array.isArray(actual) ? actual : [];
    return expected.map((item, i) => expectation(item, items[i], variables));
  }
  if (typeof expected !== 'object' || expected === null) return expected;
  const own = (typeof actual === 'object' && actual !== null ? actual : {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(expected).map(([key, item]) => [
      fill(key, variables),
      expectation(item, own[fill(key, variables)], variables),
    ]),
  );
}
