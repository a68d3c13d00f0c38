import { join } from 'node:path';
import { expect } from 'chai';
import { JournalFile } from '../../../connector/journal/file/journal-file.ts';
import { Journal } from '../../../connector/journal/journal.ts';
import { assembleService } from '../../../connector/service/assemble-service.ts';
import { defaultPolicy } from '../../../connector/service/policy.ts';
import { User } from '../../conformance/people.ts';
import { draftOf, newCall } from '../../journal/journalled.ts';
import { recordsIn } from '../../support/records-in.ts';
import { rejection } from '../../support/rejection.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { twoConnectors } from './two-connectors.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the journal of changes in PostgreSQL', () => {
  const two = twoConnectors();
  const folder = temporaryFolder();

  it('tells what was made and what was refused, and of that no statement and no id', async () => {
    const file = join(folder.path, 'journal.db');
    const journal = new Journal({
      open: () => new JournalFile(file),
      name: file,
      log: quiet,
      maxAge: 86_400_000,
      maxSize: 2 ** 30,
    });
    try {
      await journal.carry(two.a.outbox);
      const policy = { ...defaultPolicy, createAgain: 'conflict' } as const;
      const { service } = assembleService(two.a, policy, 'hr', journal, journal);
      const make = (userName: string) => service.create(newCall(), User, () => draftOf({ userName }));
      const { id } = await make('ann');
      expect(await rejection(make('Ann'))).to.include({ reason: 'uniqueness' });
      await journal.rest();
      const [made, refused] = recordsIn(file);
      expect(made).to.deep.include({ outcome: 'done', id, name: 'ann' });
      expect(made?.sent).to.deep.equal([`INSERT INTO resource (id, type, doc, …) VALUES ('${id}', 'User', …)`]);
      expect(refused).to.include({ outcome: 'refused', name: 'Ann', reason: 'uniqueness' });
      expect(refused).not.to.have.any.keys('id', 'sent', 'changes');
      // What is safely in the journal goes with the next change.
      await make('bob');
      expect(await two.a.outbox.waiting(9)).to.have.length(1);
    } finally {
      journal.close();
    }
  });
});
