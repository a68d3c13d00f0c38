const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  resource: 'seq id type key twin external_key display display_key created modified version doc folded'.split(' '),
  email: ['value', 'seq'],
};

/**
 * No statistics: plans are made from the size of the tables alone, so that they are the same before the first ANALYZE, after
 * it, and where it was long ago. The planner then expects that every index, also of the type alone, selects well.
 */
export const STATISTICS = [
  ...Object.entries(COLUMNS).map(
    ([table, columns]) =>
      `ALTER TABLE scim.${table} ${columns.map((column) => `ALTER COLUMN ${column} SET STATISTICS 0`).join(', ')};`,
  ),
  'ALTER INDEX scim.resource_id ALTER COLUMN 1 SET STATISTICS 0;',
].join('\n');
