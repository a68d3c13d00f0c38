/** The database's clock, so that connectors whose clocks differ agree. Unit: ms since 1970. */
export const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
