import type { Step } from './step.ts';
import { capabilities } from './steps/capabilities.ts';
import { downloadGroups, downloadUsers } from './steps/import.ts';

/** Every step, in the order in which Okta's admin comes across them. */
export const STEPS: readonly Step[] = [capabilities, downloadGroups, downloadUsers];
