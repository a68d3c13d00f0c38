/** Width of what is summed up beforehand. Unit: ms. */
export const SLOT = 60_000;

const SIGNED = {
  INSERT: 'SELECT app, kind, scope, slot, amount FROM new_rows',
  DELETE: 'SELECT app, kind, scope, slot, -amount FROM old_rows',
  UPDATE:
    'SELECT app, kind, scope, slot, amount FROM new_rows UNION ALL SELECT app, kind, scope, slot, -amount FROM old_rows',
} as const;

const ROWS = {
  INSERT: 'NEW TABLE AS new_rows',
  DELETE: 'OLD TABLE AS old_rows',
  UPDATE: 'OLD TABLE AS old_rows NEW TABLE AS new_rows',
} as const;

const trigger = (event: keyof typeof SIGNED): string => `
CREATE FUNCTION scim.hold_summed_${event.toLowerCase()}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO scim.hold_sum AS it (app, kind, scope, slot, amount)
  SELECT app, kind, scope, slot, sum(amount)
    FROM (${SIGNED[event]}) AS line (app, kind, scope, slot, amount) WHERE kind <> 'size'
    GROUP BY 1, 2, 3, 4 HAVING sum(amount) <> 0 ORDER BY 1, 2, 3, 4
  ON CONFLICT (app, kind, scope, slot) DO UPDATE SET amount = it.amount + excluded.amount;
  RETURN NULL;
END $$;
CREATE TRIGGER hold_summed_${event.toLowerCase()} AFTER ${event} ON scim.hold_event
  REFERENCING ${ROWS[event]} FOR EACH STATEMENT EXECUTE FUNCTION scim.hold_summed_${event.toLowerCase()}();`;

/** What was counted, by minutes: a day of a large company is tens of thousands of events, and each claim adds them up. */
export const SUM_TABLES = `
CREATE TABLE scim.hold_sum (
  app    text COLLATE "C" NOT NULL,
  kind   text COLLATE "C" NOT NULL,
  scope  text COLLATE "C" NOT NULL,
  slot   bigint NOT NULL,
  amount bigint NOT NULL,
  PRIMARY KEY (app, kind, scope, slot)
) WITH (fillfactor = 50);
${(['INSERT', 'UPDATE', 'DELETE'] as const).map(trigger).join('\n')}
`;

/** What was counted since `from`: whole minutes by their sums, the first by its events. @param same  compares `it` with what is asked for */
export const sumSince = (from: string, same: string): string => `(
    (SELECT coalesce(sum(it.amount), 0) FROM scim.hold_sum it WHERE ${same} AND it.slot > (${from}) / ${SLOT})
    + (SELECT coalesce(sum(it.amount), 0) FROM scim.hold_event it
      WHERE ${same} AND it.slot = (${from}) / ${SLOT} AND it.at > (${from})))::bigint`;

/** @param before  unit: ms since 1970 */
export const FORGET_SUMS = `DELETE FROM scim.hold_sum WHERE slot < (scim.now_ms() - $1::bigint) / ${SLOT}`;
