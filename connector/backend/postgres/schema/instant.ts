/** Blanks that JavaScript trims. */
const BLANKS =
  ' \\t\\n\\v\\f\\r\\u00a0\\u1680\\u2000\\u2001\\u2002\\u2003\\u2004\\u2005\\u2006\\u2007\\u2008\\u2009\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';

/**
 * `parseDateTime` (scim/date-time.ts) for statements: milliseconds since 1970, or NULL where a text is no date and time.
 * Whole numbers all through: what is no date must not be an error, and nothing may depend on the server's time zone.
 */
export const INSTANT = `
CREATE FUNCTION scim.instant(given text) RETURNS bigint LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  part text[] := regexp_match(btrim(given, E'${BLANKS}'),
    '^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})([.][0-9]+)?(Z|[-+ ][0-9]{2}:[0-9]{2})?$', 'i');
  year bigint := part[1];
  month bigint := part[2];
  day bigint := part[3];
  hour bigint := part[4];
  minute bigint := part[5];
  second bigint := part[6];
  millisecond bigint := rpad(substr(coalesce(part[7], '.0'), 2, 3), 3, '0');
  zone text := upper(coalesce(part[8], 'Z'));
  away bigint := 0;
  leap boolean := year % 4 = 0 AND (year % 100 <> 0 OR year % 400 = 0);
  y bigint := year + 400 - CASE WHEN month <= 2 THEN 1 ELSE 0 END;
BEGIN
  IF part IS NULL OR month NOT BETWEEN 1 AND 12 OR day < 1 OR minute > 59 OR second > 59 THEN RETURN NULL; END IF;
  IF hour > 24 OR (hour = 24 AND minute + second + millisecond > 0) THEN RETURN NULL; END IF;
  IF day > (CASE WHEN month = 2 AND leap THEN 29 WHEN month = 2 THEN 28 WHEN month IN (4, 6, 9, 11) THEN 30 ELSE 31 END)
    THEN RETURN NULL; END IF;
  IF zone <> 'Z' THEN
    away := substr(zone, 2, 2)::bigint * 60 + substr(zone, 5, 2)::bigint;
    IF substr(zone, 5, 2)::bigint > 59 OR away > 840 THEN RETURN NULL; END IF;
    IF left(zone, 1) = '-' THEN away := -away; END IF;
  END IF;
  -- Days since 1970 in the Gregorian calendar, years beginning in March; 400 years of them are 146097.
  RETURN (((y / 400 - 1) * 146097
      + (y % 400) * 365 + (y % 400) / 4 - (y % 400) / 100
      + (153 * (month + CASE WHEN month > 2 THEN -3 ELSE 9 END) + 2) / 5 + day - 1
      - 719468) * 1440 + hour * 60 + minute - away) * 60000 + second * 1000 + millisecond;
END $$;
`;
