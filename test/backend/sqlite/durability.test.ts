import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { checkIntegrity } from '../../../connector/backend/sqlite/file/integrity.ts';
import { SqliteBackend } from '../../../connector/backend/sqlite/sqlite-backend.ts';
import { call } from '../../conformance/company.ts';
import { User } from '../../conformance/people.ts';
import { refusal } from '../../conformance/refusal.ts';
import { temporaryFile } from './temporary-file.ts';

const FIXTURE = fileURLToPath(new URL('writer.fixture.ts', import.meta.url));

const writer = (file: string): ChildProcess =>
  spawn(process.execPath, [FIXTURE, file], { stdio: ['ignore', 'pipe', 'inherit'] });

const linesOf = (child: ChildProcess): AsyncIterable<string> =>
  createInterface({ input: child.stdout as NodeJS.ReadableStream });

async function opened(file: string): Promise<SqliteBackend> {
  const backend = new SqliteBackend({ file, passwords: 'discard' });
  await backend.open();
  return backend;
}

describe('SQLite backend, when things go wrong', () => {
  it('still has every write it acknowledged before a kill -9', async () => {
    const file = temporaryFile();
    const child = writer(file);
    const ids: string[] = [];
    for await (const line of linesOf(child)) {
      if (line !== 'open') ids.push(line);
      if (ids.length === 200) child.kill('SIGKILL');
    }
    expect(ids.length).to.be.at.least(200);
    const backend = await opened(file);
    for (const id of ids) expect((await backend.get(call, User, id)).id).to.equal(id);
    const { total } = await backend.list(call, User, { offset: 0, limit: 0 });
    expect(total).to.be.at.least(ids.length);
    await backend.close();
    expect(checkIntegrity(file)).to.deep.equal([]);
  });

  it('refuses a second process, naming the first, until that one is killed', async () => {
    const file = temporaryFile();
    const child = writer(file);
    const lines = linesOf(child)[Symbol.asyncIterator]();
    expect((await lines.next()).value).to.equal('open');
    const error = await refusal(opened(file), 'unavailable');
    expect(error.message).to.contain(`process ${child.pid}`).and.contain('in use');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await opened(file)).close();
  });

  it('refuses a second backend in the same process, and lets go on close', async () => {
    const file = temporaryFile();
    const first = await opened(file);
    const error = await refusal(opened(file), 'unavailable');
    expect(error.message).to.match(/in use by this connector .* restart it/);
    await first.create(call, User, { userName: 'still-here' });
    await first.close();
    await (await opened(file)).close();
  });

  it('answers unavailable when no more can be written, keeps what it said and goes on reading', async function () {
    if (process.platform === 'win32') this.skip();
    const file = temporaryFile();
    // A limit on the size of files stands for the full disk. Unit: blocks of 512 or 1024 bytes.
    const child = spawn('bash', ['-c', `ulimit -f 600; exec "$0" "$@"`, process.execPath, FIXTURE, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    for await (const line of linesOf(child)) lines.push(line);
    const refused = lines.filter((line) => line.startsWith('refused'));
    const ids = lines.filter((line) => /^[0-9a-f-]{36}$/.test(line));
    expect(refused).to.have.length(16);
    expect(refused[0]).to.match(/SQLite: (the disk|reading or writing)/);
    expect(lines.at(-1)).to.equal(`still answers ${ids.length}`);
    const backend = await opened(file);
    for (const id of ids) await backend.get(call, User, id);
    await backend.close();
  });
});
