import { type Rule, VOCABULARY } from './store-rules.ts';

/** How a database of PostgreSQL is reached: nobody else knows its client. */
export const POSTGRES = 'connector/postgres/';

/** People in it. */
export const POSTGRES_BACKEND = 'connector/backend/postgres/';

export const POSTGRES_RULES: readonly Rule[] = [
  [
    POSTGRES,
    [
      VOCABULARY,
      'connector/scim/error.ts',
      'connector/scim/fault-code.ts',
      'connector/log/',
      'connector/text/',
      'pg',
      'zod',
    ],
  ],
  [`${POSTGRES_BACKEND}schema/`, []],
];
