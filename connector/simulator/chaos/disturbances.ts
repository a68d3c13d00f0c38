/** What happens to messages. Add one: a file, a line here. The order is the order in which they are met. */
import { anotherNode } from './another-node.ts';
import { doublePut } from './double-put.ts';
import { lateRetry } from './late-retry.ts';
import { lostReply } from './lost-reply.ts';
import { reorderedMembers } from './reordered-members.ts';
import type { Disturbance } from './sent.ts';

export const disturbances: readonly Disturbance[] = [lateRetry, lostReply, doublePut, reorderedMembers, anotherNode];
