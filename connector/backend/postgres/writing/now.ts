/** The time of the database, which all who write to it have in common. Unit: ms since 1970. */
export const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/** Of a row of `resource` that has just been changed: no change has the time of the one before. */
export const nextModified = (row: string): string => `greatest(${NOW}, ${row}.modified + 1)`;
