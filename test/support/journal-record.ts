import type { JournalRecord } from '../../connector/journal/record.ts';

/** What a test wants of a record; `undefined` for what it shall not have. */
export type Wanted = { readonly [Field in keyof JournalRecord]?: JournalRecord[Field] | undefined };

/** A change of a title, with what the test wants otherwise. */
export const journalRecord = (other: Wanted = {}): JournalRecord =>
  ({
    time: '2026-11-28T13:07:09.123Z',
    ref: 'K7Q2-91XM',
    app: 'default',
    actor: 'okta',
    operation: 'replace',
    message: 'pushProfileUpdate',
    intent: 'profile',
    type: 'User',
    id: '42',
    name: 'jdoe@example.com',
    changes: [{ path: 'title', before: 'Engineer', after: 'Manager' }],
    outcome: 'done',
    status: 200,
    duration: 12.34,
    backendDuration: 8,
    ...other,
  }) as JournalRecord;
