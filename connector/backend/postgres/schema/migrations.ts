import { COUNTS } from './counts.ts';
import { ENTITLEMENTS } from './entitlements.ts';
import { INSTANT } from './instant.ts';
import { MOVE } from './move.ts';
import { OUTBOX } from './outbox.ts';
import { STATISTICS } from './statistics.ts';
import { TABLES } from './tables.ts';
import { VIEWS } from './views.ts';

/** Step n takes a schema from n to n + 1. Released steps never change; a new form is a new step. */
export const STEPS: readonly string[] = [
  [TABLES, COUNTS, OUTBOX, ENTITLEMENTS, INSTANT, VIEWS, MOVE, STATISTICS].join(''),
];
