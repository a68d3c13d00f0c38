import type { Random } from '../random.ts';

/** The agent restarts between two pages, and its import begins again. */
export const restartingAgent = { name: 'restart in an import', chance: 0.2 } as const;

export class AgentRestarted extends Error {
  override readonly name = 'AgentRestarted';
}

/** @throws AgentRestarted after some page, once */
export function restarts(random: Random): () => Promise<void> {
  let pages = random.happens(restartingAgent.chance) ? 1 + random.below(3) : 0;
  return async () => {
    if (pages === 0) return;
    pages -= 1;
    if (pages === 0) throw new AgentRestarted('the agent restarted');
  };
}
