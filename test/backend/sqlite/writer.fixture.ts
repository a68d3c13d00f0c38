import { SqliteBackend } from '../../../connector/backend/sqlite/sqlite-backend.ts';
import { call } from '../../conformance/company.ts';
import { User } from '../../conformance/people.ts';

/** Creates people until it is killed or refused; prints each id once it has been acknowledged. */
const backend = new SqliteBackend({ file: process.argv[2] ?? '', passwords: 'discard' });
await backend.open();
process.stdout.write('open\n');
for (let round = 0; ; round += 1) {
  const names = Array.from({ length: 16 }, (_, index) => `user-${round}-${index}`);
  const outcomes = await Promise.allSettled(
    names.map((userName) => backend.create(call, User, { userName, title: 'x'.repeat(500) })),
  );
  for (const outcome of outcomes) {
    process.stdout.write(
      `${outcome.status === 'fulfilled' ? outcome.value.id : `refused ${outcome.reason.message}`}\n`,
    );
  }
  if (outcomes.some(({ status }) => status === 'rejected')) break;
}
await backend.ping();
const { total } = await backend.list(call, User, { offset: 0, limit: 0 });
process.stdout.write(`still answers ${total}\n`);
await backend.close();
