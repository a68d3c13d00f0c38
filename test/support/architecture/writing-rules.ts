import { type Rule, VOCABULARY } from './store-rules.ts';

/** What a change passes between the wire and its store. */
export const WRITING_RULES: readonly Rule[] = [
  // What is counted before it is written, and held when it is too much.
  [
    'connector/holds/',
    [
      'connector/scim/',
      VOCABULARY,
      'connector/state/',
      'connector/backend/backend.ts',
      'connector/backend/decorators/',
      'connector/service/examination.ts',
      'better-sqlite3',
      'lru-cache',
    ],
  ],
  // What people are given: checked before it is written, named when it is shown.
  [
    'connector/entitlements/',
    ['connector/scim/', 'connector/state/', 'connector/backend/backend.ts', 'connector/backend/decorators/'],
  ],
  [
    'connector/service/',
    [
      'connector/scim/',
      'connector/concurrency/',
      'connector/backend/backend.ts',
      'connector/backend/trail.ts',
      'connector/backend/decorators/',
      'connector/entitlements/',
      'connector/holds/',
      'lru-cache',
    ],
  ],
];
