type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What `actual` has of what `wanted` names; what it lacks is `null`, which no answer holds. */
export function partOf(actual: unknown, wanted: unknown): unknown {
  if (!isObject(wanted)) return actual ?? null;
  const own = isObject(actual) ? actual : {};
  return Object.fromEntries(Object.entries(wanted).map(([key, part]) => [key, partOf(own[key], part)]));
}

/** What the resources of a list are called. */
export function namesIn(list: unknown): readonly unknown[] {
  const resources = isObject(list) && Array.isArray(list['Resources']) ? list['Resources'] : [];
  return resources.map((one: Json) => one['userName'] ?? one['displayName'] ?? one['id']);
}
