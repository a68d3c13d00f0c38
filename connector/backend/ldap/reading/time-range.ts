import type { Comparison } from '../../../scim/filter/ast.ts';
import { allOf, atLeast, atMost, type Test } from '../directory/filter.ts';
import type { Profile } from '../layout/profile.ts';
import { formatTime, formatTimeWithFraction } from '../mapping/syntax.ts';

/** Year 9999 is the last that Generalized Time can name; an assertion no server can parse finds all or nothing. */
const LAST_TIME = 253_402_300_799_000;

/** Passed by every time that compares so with `time`, counted in whole seconds; `true` where LDAP cannot say it. */
export function timeRange({ fraction }: Profile, attribute: string, op: Comparison, time: number): Test {
  if (time < 0 || time > LAST_TIME) return true;
  const write = fraction ? formatTimeWithFraction : formatTime;
  const from = atLeast(attribute, write(time));
  const to = atMost(attribute, write(time + 999));
  if (op === 'eq') return allOf([from, to]);
  return op === 'gt' || op === 'ge' ? from : op === 'lt' || op === 'le' ? to : true;
}
