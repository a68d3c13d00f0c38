import type { FirstReplies } from '../service/first-replies.ts';
import type { SharedState } from '../shared-state/shared-state.ts';

/** Who has heard of what was made, as all connectors know it; undefined where each knows it by itself. */
export async function openReplies(
  shared: SharedState | undefined,
): Promise<((app: string) => FirstReplies) | undefined> {
  if (!shared) return undefined;
  const { repliesIn } = await import('../service/postgres/shared-replies.ts');
  return repliesIn(shared.database);
}
