import { BLOCK_BITS } from './blocks.ts';

/**
 * How many there are of a type in each block of `seq`, so that nobody counts. Every statement adds rows of its own, which
 * are summed up: two that write at the same time do not wait for one row. They are folded together now and then.
 */
export const COUNTS = `
CREATE TABLE scim.block_count (
  type  text COLLATE "C" NOT NULL,
  block bigint NOT NULL,
  live  bigint NOT NULL
);
CREATE FUNCTION scim.count_made() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO scim.block_count (type, block, live)
  SELECT made.type, made.seq >> ${BLOCK_BITS}, count(*) FROM made GROUP BY 1, 2;
  RETURN NULL;
END $$;
CREATE FUNCTION scim.count_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO scim.block_count (type, block, live)
  SELECT gone.type, gone.seq >> ${BLOCK_BITS}, -count(*) FROM gone GROUP BY 1, 2;
  RETURN NULL;
END $$;
CREATE TRIGGER resource_counted AFTER INSERT ON scim.resource
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION scim.count_made();
CREATE TRIGGER resource_uncounted AFTER DELETE ON scim.resource
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION scim.count_gone();
`;
