import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { examine } from '../../../../connector/backend/sqlite/examine.ts';
import { backup } from '../../../../connector/backend/sqlite/file/backup.ts';
import { checkIntegrity } from '../../../../connector/backend/sqlite/file/integrity.ts';
import { isMounted } from '../../../../connector/backend/sqlite/file/other-names.ts';
import { call } from '../../../conformance/company.ts';
import { User } from '../../../conformance/people.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { opened } from '../opened.ts';
import { temporaryFile } from '../temporary-file.ts';

const WRITER = fileURLToPath(new URL('../writer.fixture.ts', import.meta.url));

describe('a database file with a second name', () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  it('that is a hard link is opened by neither, to write or to read what may not be in it', async () => {
    const file = temporaryFile();
    const link = `${file}.link`;
    const backend = await opened(file);
    await backend.create(call, User, { userName: 'ann' });
    linkSync(file, link);
    expect((await refusal(opened(link), 'unavailable')).message).to.match(/has 2 names \(hard links\).*-samefile/);
    expect((await refusal(backup(link, `${file}.copy`), 'unavailable')).message).to.include('hard links');
    await backup(file, `${file}.copy`);
    await backend.close();
    expect((await refusal(opened(file), 'unavailable')).message).to.include('hard links');
    const [finding] = examine({ file, passwords: 'hash' });
    expect(finding).to.include({ status: 'failed' });
    // Closed in order, it can be read by any name.
    await backup(link, `${file}.second`);
    rmSync(link);
    await (await opened(file)).close();
  });

  it('is refused while a process has it open that knew it by the first one', async () => {
    const file = temporaryFile();
    child = spawn(process.execPath, [WRITER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout as Readable, 'data');
    child.kill('SIGSTOP');
    const moved = `${file}.moved`;
    renameSync(file, moved);
    for (const _ of ['once', 'again'])
      expect((await refusal(opened(moved), 'unavailable')).message).to.include('in use under another name');
    child.kill('SIGKILL');
    await once(child, 'exit');
    renameSync(`${file}-wal`, `${moved}-wal`);
    await (await opened(moved)).close();
    expect(checkIntegrity(moved)).to.deep.equal([]);
  });

  it('by a mount of its own is known from the list of mounts', function () {
    const list = [
      '22 1 8:1 / / rw shared:1 - ext4 /dev/root rw',
      '40 22 8:1 /srv/connector.db /var/lib/my\\040people/connector.db rw - ext4 /dev/root rw',
    ].join('\n');
    expect(isMounted('/var/lib/my people/connector.db', list)).to.equal(true);
    expect(isMounted('/var/lib/my people', list)).to.equal(false);
    if (!existsSync('/proc/self/mountinfo')) this.skip();
    expect(isMounted('/proc', readFileSync('/proc/self/mountinfo', 'utf8'))).to.equal(true);
  });
});
