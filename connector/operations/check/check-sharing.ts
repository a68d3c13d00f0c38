import { type Finding, ok } from '../../backend/module/finding.ts';
import type { Config } from '../../config/config.ts';
import { withSharedState } from '../../shared-state/open-shared-state.ts';

/** Unit: ms. */
const PATIENCE = 5000;

/**
 * Who shares the state, and which apps this connector could not serve beside them. Nothing where state is in files.
 * @throws unavailable
 */
export const checkSharing = (config: Config): Promise<readonly Finding[]> =>
  withSharedState(config, async (shared) => {
    if (!shared) return [];
    const [{ readNodes }, { mappingRefusal }, { digestOf, mappingWords }] = await Promise.all([
      import('../../shared-state/node-table.ts'),
      import('../../shared-state/mapping-refusal.ts'),
      import('../../shared-state/mapping-words.ts'),
    ]);
    const nodes = await readNodes(shared.database, { signal: AbortSignal.timeout(PATIENCE) });
    const others = nodes.filter(({ id }) => id !== shared.node);
    const own = nodes.find(({ id }) => id === shared.node);
    const refused = config.apps.flatMap((app): readonly Finding[] => {
      const words = mappingWords(app);
      const digest = digestOf(words);
      const served = own?.apps[app.name];
      // What is not served yet comes after all others.
      const since = served?.digest === digest ? served.since : Number.POSITIVE_INFINITY;
      const refusal = mappingRefusal(app.name, { id: shared.node, app: { words, digest, since } }, others);
      return refusal ? [{ status: 'failed', text: refusal.message }] : [];
    });
    const names = others.map(({ name }) => name).join(', ');
    return [ok(`in a database, ${names === '' ? 'no other connector lives' : `shared with ${names}`}`), ...refused];
  });
