import type { AuditEntry } from '../audit/audit-entry.ts';
import type { JournalRecord } from './record.ts';

/** Neither changes anything. */
const LOOKING: ReadonlySet<JournalRecord['intent']> = new Set(['import', 'read', 'request']);

/** The entry for the audit log of a change that Okta made, or may have made; undefined of all else. */
export function auditOf(record: JournalRecord): AuditEntry | undefined {
  const { time, actor, app, ref, intent, outcome, type, id, name, changes = [], joined, left } = record;
  if (outcome === 'refused' || outcome === 'failed' || LOOKING.has(intent)) return undefined;
  const changed = [...new Set(changes.map(({ path }) => path)), ...(joined || left ? ['members'] : [])];
  return {
    ...{ time, actor, by: 'okta', app, action: intent, outcome, ref },
    ...(type === undefined ? {} : { type }),
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    ...(changed.length === 0 ? {} : { changed }),
  };
}
