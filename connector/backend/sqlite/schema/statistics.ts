/**
 * Statistics as ANALYZE would write them for a big company, fixed so that plans do not change with the data: the type
 * alone selects next to nothing, every other index selects well. A row: table, index, rows, rows per distinct prefix.
 */
export const STATISTICS = `
ANALYZE;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('resource', 'sqlite_autoindex_resource_1', '1000000 1'),
  ('resource', 'resource_user_name', '900000 1'),
  ('resource', 'resource_group_name', '100000 1'),
  ('resource', 'resource_external', '900000 500000 1'),
  ('resource', 'resource_modified', '1000000 500000 1'),
  ('resource', 'resource_type', '1000000 500000'),
  ('email', 'email', '1000000 1 1'),
  ('email', 'email_resource', '1000000 1'),
  ('membership', 'membership', '1000000 100 1'),
  ('membership', 'membership_member', '1000000 5 1');
`;
