import * as z from 'zod';
import { duration } from '../vocabulary/scalars.ts';

const limit = (count: number, percent: number, what: string, of: string) =>
  z
    .strictObject({
      count: z
        .int()
        .min(0)
        .default(count)
        .describe(`${what} that are let through within the window, however few ${of}`),
      percent: z
        .int()
        .min(0)
        .max(100)
        .default(percent)
        .describe(`Share of the ${of} that is let through within the window, however many. Unit: percent`),
    })
    .prefault({})
    .describe(`${what}: more than both are held`);

const PEOPLE = 'people that are there';

/** How much one app may do within a window (docs/holds.md). */
export const limits = z.strictObject({
  enabled: z.boolean().default(true).describe('Count what would be hard to undo, and hold the app when it is too much'),
  window: duration('1m', '31d', { description: 'Over what time is counted, up to now' }).prefault('24h'),
  deactivations: limit(50, 5, 'People deactivated', PEOPLE),
  deletions: limit(50, 5, 'People, or groups, deleted', 'people, or groups, that are there'),
  removals: limit(50, 30, 'Members taken out of one group', "group's members"),
  emptied_groups: limit(
    20,
    10,
    'Groups that lose more than half of their members, five at least',
    'groups that are there',
  ),
  renames: limit(50, 5, 'People, or groups, that get another name', 'people, or groups, that are there'),
  overwrites: limit(500, 40, 'People of whom a value is replaced or cleared', PEOPLE),
});
