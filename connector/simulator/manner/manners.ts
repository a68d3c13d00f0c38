/** Clients that are known. Add one: a file, a line here. */
import { agent11, agent20 } from './agent.ts';
import { cloud, wizard } from './cloud.ts';
import { entra } from './entra.ts';
import type { Manner } from './manner.ts';

export const manners: readonly Manner[] = [agent11, agent20, cloud, wizard, entra];
