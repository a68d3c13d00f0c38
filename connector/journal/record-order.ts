import type { StoredRecord } from './journal-store.ts';

/**
 * The oldest first. Of several connectors the times tell, which are of one clock (docs/journal.md); of one the order in
 * which it wrote, as its clock may have been set back.
 */
export function inOrder(records: Iterable<StoredRecord>): readonly StoredRecord[] {
  const all = [...records];
  const bySeq = (a: StoredRecord, b: StoredRecord): number => a.seq - b.seq;
  if (all.every(({ node }) => node === all[0]?.node)) return all.sort(bySeq);
  return all.sort((a, b) => Date.parse(a.time) - Date.parse(b.time) || bySeq(a, b));
}
