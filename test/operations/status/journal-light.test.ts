import { expect } from 'chai';
import type { JournalHealth } from '../../../connector/journal/journal-health.ts';
import { journalLight } from '../../../connector/operations/status/journal-light.ts';

const NOW = Date.UTC(2026, 10, 28);
const WRITTEN = { waiting: 0, written: 5, lost: 0 };

describe('the light of the journal', () => {
  const lightOf = (journal: JournalHealth) =>
    journalLight({ journal: { enabled: true } } as never, { journal } as never, NOW);

  it('is a warning while nothing can be copied to the database that connectors share', () => {
    expect(lightOf({ ...WRITTEN, shared: { copied: 5, behind: 0 } })).to.include({ status: 'ok' });
    const shared = { copied: 5, failure: 'nobody listens there', failingSince: NOW - 120_000 };
    expect(lightOf({ ...WRITTEN, shared })).to.include({
      status: 'warning',
      text: 'every change is recorded, on this machine alone for 2 min: nobody listens there',
    });
  });
});
