import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { LockFile } from '../../connector/state/lock-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('lock files', () => {
  const folder = temporaryFolder();
  const path = (): string => join(folder.path, 'x.lock');

  it('are held by one, until it lets go', () => {
    const [first, second] = [new LockFile(path()), new LockFile(path())];
    expect([first.claim(), second.claim(), second.takeAway()]).to.deep.equal([
      true,
      false,
      `process ${process.pid} on "${hostname()}" holds it`,
    ]);
    first.release();
    expect(second.claim()).to.equal(true);
    second.release();
    expect(existsSync(path())).to.equal(false);
  });

  it('stay when somebody gives up who never held them', () => {
    const [holder, other] = [new LockFile(path()), new LockFile(path())];
    holder.claim();
    other.claim();
    other.release();
    expect(existsSync(path())).to.equal(true);
    holder.release();
  });
});
