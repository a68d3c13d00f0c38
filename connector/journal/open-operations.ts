import type { OpenOperation } from './app-settler.ts';
import type { JournalStore, OpenIntent } from './journal-store.ts';

function operationOf(store: JournalStore, intents: readonly OpenIntent[]): OpenOperation | undefined {
  const last = intents.at(-1);
  if (!last) return undefined;
  const { key, about, app, record } = last;
  return {
    app,
    // An operation that was over, with a write of which nobody knew, has a record that knows more.
    entry: { key, about, record: store.find(key) ?? record },
    announced: Date.parse(record.time),
    writes: intents.map(({ write, outcome, words }) => ({
      write,
      ...(outcome === undefined ? {} : { outcome }),
      ...(words === undefined ? {} : { words }),
    })),
  };
}

/** Operations of an earlier process of which no record says what became of them. */
export function openOperations(store: JournalStore | undefined): readonly OpenOperation[] {
  if (!store) return [];
  const byKey = Map.groupBy(store.openIntents(), ({ key }) => key);
  return [...byKey.values()].flatMap((intents) => operationOf(store, intents) ?? []);
}
