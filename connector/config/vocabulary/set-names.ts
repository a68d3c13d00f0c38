const isEmptyTable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

/**
 * Names of what a table sets. An empty table inside sets nothing: the example file has some.
 * @param standing  what holds when nothing is set
 */
export const setNames = (table: object, standing: object = {}): readonly string[] => {
  const before = new Map<string, unknown>(Object.entries(standing));
  return Object.entries(table)
    .filter(([name, value]) => !isEmptyTable(value) && JSON.stringify(value) !== JSON.stringify(before.get(name)))
    .map(([name]) => name);
};
