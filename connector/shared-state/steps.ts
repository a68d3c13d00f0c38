import { CREDENTIAL_TABLES } from '../auth/postgres/tables.ts';
import { HOLD_TABLES } from '../holds/postgres/tables.ts';
import { JOURNAL_TABLES } from '../journal/postgres/tables.ts';
import { REPLY_TABLES } from '../service/postgres/tables.ts';
import { KEY_TABLES, NODE_TABLES } from './tables.ts';

/**
 * Step n takes the schema from format n to n + 1; released steps never change. Each room beside whose files there is a
 * database brings its tables along: a line here.
 */
export const STEPS: readonly string[] = [
  [NODE_TABLES, KEY_TABLES, CREDENTIAL_TABLES, HOLD_TABLES, JOURNAL_TABLES, REPLY_TABLES].join('\n'),
];
