import { isObject } from '../../../../simulator/judgement.ts';
import type { Known } from '../../../../simulator/payload.ts';
import { ok } from '../../step.ts';
import { type WritingStep, without } from '../writing-step.ts';

/** Clocks of servers go in whole seconds at times. Unit: ms. */
const TICK = 1_000;

/** By the server's own clock. */
function momentOf({ meta }: Known): Date | undefined {
  const at = isObject(meta) ? Date.parse(String(meta['created'])) : Number.NaN;
  return Number.isNaN(at) ? undefined : new Date(at - TICK);
}

export const downloadChanged: WritingStep = {
  name: 'downloadUsers',
  title: 'Import Users: only changes',
  needs: 'OPP_SCIM_INCREMENTAL_IMPORTS',
  run: async (writing) => {
    const { user, second, group } = writing.made;
    if (user === undefined) return without('user who has changed');
    const since = momentOf(user.reply);
    if (since === undefined)
      throw new Error('meta.created of a new user is no date, so no import of changes can begin');
    const { agent } = writing.patient;
    const came = new Set((await agent.downloadChangedUsers(since)).map(({ id }) => id));
    const missing = [user, second].flatMap((one) =>
      one === undefined || came.has(one.id) ? [] : [one.person.userName],
    );
    if (missing.length > 0)
      throw new Error(`changed a moment ago, and not in the import of changes: ${missing.join(', ')}`);
    if (group === undefined) return ok('whoever was changed by this run is in it');
    const groups = new Set((await agent.downloadChangedGroups(since)).map(({ id }) => id));
    if (groups.has(group.id)) return ok('whoever and whatever was changed by this run is in it');
    throw new Error(`the group ${group.displayName} was changed a moment ago, and is not in the import of changes`);
  },
};
