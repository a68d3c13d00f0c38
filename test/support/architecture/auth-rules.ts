import type { Rule } from './store-rules.ts';

/** Who calls, by every method there is. */
export const AUTH_RULES: readonly Rule[] = [
  [
    'connector/auth/',
    [
      'connector/concurrency/',
      'connector/state/',
      'connector/secrets/',
      'connector/log/',
      'connector/postgres/database.ts',
      'connector/scim/error.ts',
      'connector/scim/fault-code.ts',
      'connector/text/read-named-file.ts',
      'jose',
      'lru-cache',
    ],
  ],
];
