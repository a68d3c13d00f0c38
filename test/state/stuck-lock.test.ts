import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { exclusively } from '../../connector/state/exclusive.ts';
import { LockError } from '../../connector/state/lock-error.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What may lie where the lock belongs and is none. */
const OBSTACLES: Readonly<Record<string, (path: string) => void>> = {
  'a folder': (path) => mkdirSync(path),
  'a link that leads nowhere': (path) => symlinkSync(join(path, 'nowhere'), path),
  'a link that leads to itself': (path) => symlinkSync(path, path),
  'a pipe': (path) => execFileSync('mkfifo', [path]),
};

describe('a lock that nobody lets go of', () => {
  const folder = temporaryFolder();
  const file = (): string => join(folder.path, 'issuer.pem');
  const lock = (): string => `${file()}.lock`;
  const wait = (giveUpAfter: number): Promise<unknown> =>
    exclusively(file(), () => 'done', giveUpAfter).catch((error: Error) => error);

  for (const [what, put] of Object.entries(OBSTACLES)) {
    it(`is given up on and named when it is ${what}, however old, and others go on meanwhile`, async () => {
      put(lock());
      if (what === 'a folder') utimesSync(lock(), new Date(0), new Date(0));
      let turns = 0;
      const others = setInterval(() => {
        turns += 1;
      }, 5);
      const failure = await wait(100);
      clearInterval(others);
      expect(failure).to.be.instanceOf(LockError);
      expect((failure as Error).message).to.equal(`${lock()}: it is no file; look who it is, or remove it`);
      expect(turns).to.be.greaterThan(2);
      expect(lstatSync(lock()).isFile()).to.equal(false);
    });
  }

  it('is given up on when its holder lives on', async () => {
    let release: () => void = () => undefined;
    const held = exclusively(
      file(),
      () =>
        new Promise<void>((resolve) => {
          release = resolve;
        }),
    );
    expect((await wait(60)) as Error)
      .to.have.property('message')
      .that.contains(`process ${process.pid} on `);
    release();
    await held;
    expect(existsSync(lock())).to.equal(false);
  });

  it('is taken over once it is old, also when another account wrote it', async () => {
    writeFileSync(lock(), '{}');
    chmodSync(lock(), 0);
    chmodSync(folder.path, 0o777);
    // Root reads every file.
    const isRoot = process.geteuid?.() === 0;
    const become = (account: number): void => {
      if (isRoot) process.seteuid?.(account);
    };
    try {
      become(65_534);
      expect(await wait(60))
        .to.have.property('message')
        .that.contains('it cannot be read (EACCES)');
      become(0);
      utimesSync(lock(), new Date(0), new Date(0));
      become(65_534);
      expect(await wait(1000)).to.equal('done');
    } finally {
      become(0);
    }
  });
});
