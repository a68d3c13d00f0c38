/** Appends entries one by one until it is killed: FOLDER KEY COUNT. Says a number when an entry is in the file. */
import { enter } from '../../connector/operations/audit/audit-log.ts';
import { entryAt } from './chain-support.ts';

const [folder = '', count = '0'] = process.argv.slice(2);
const key = Buffer.alloc(32, 7);
process.stdout.write('ready\n');
process.stdin.once('data', () => {
  for (let i = 0; i < Number(count); i += 1) {
    enter({ stateDir: folder, key }, [entryAt(i, { actor: String(process.pid) })]);
    process.stdout.write(`${i}\n`);
  }
  process.exit();
});
