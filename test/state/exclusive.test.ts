import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { exclusively } from '../../connector/state/exclusive.ts';
import { readIfPresent, writePrivate } from '../../connector/state/private-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('exclusive work on a file', () => {
  const folder = temporaryFolder();
  const file = (): string => join(folder.path, 'deep', 'counter.json');
  const lock = (): string => `${file()}.lock`;
  const abandon = (owner: object): void => {
    writePrivate(file(), '0');
    writeFileSync(lock(), JSON.stringify(owner));
  };

  it('runs one after the other', async () => {
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    await Promise.all(Array.from({ length: 10 }, () => exclusively(file(), work)));
    expect(most).to.equal(1);
    expect(existsSync(lock())).to.equal(false);
  });

  it('loses no update of several processes', async () => {
    const source = (name: string): string => new URL(`../../connector/state/${name}.ts`, import.meta.url).href;
    const program = `
      import { readFileSync } from 'node:fs';
      import { exclusively } from '${source('exclusive')}';
      import { readIfPresent, writePrivate } from '${source('private-file')}';
      const file = ${JSON.stringify(file())};
      for (let i = 0; i < 20; i += 1)
        await exclusively(file, () => writePrivate(file, String(Number(readIfPresent(file) ?? 0) + 1)));`;
    const processes = Array.from({ length: 3 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' }),
    );
    const codes = await Promise.all(processes.map((child) => new Promise((resolve) => child.once('exit', resolve))));
    expect(codes).to.deep.equal([0, 0, 0]);
    expect(readFileSync(file(), 'utf8')).to.equal('60');
  });

  it('releases the lock when the work fails', async () => {
    const failure = await exclusively(file(), () => Promise.reject(new Error('no'))).catch((error: Error) => error);
    expect(failure).to.have.property('message', 'no');
    expect(await exclusively(file(), () => 'next')).to.equal('next');
  });

  it('takes over from a dead process', async () => {
    const dead = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => dead.once('exit', resolve));
    abandon({ pid: dead.pid, host: hostname(), id: 'x' });
    expect(await exclusively(file(), () => 'done')).to.equal('done');
    expect(readdirSync(join(folder.path, 'deep'))).to.deep.equal(['counter.json']);
  });

  it('takes over from an earlier process with our own number, as in a restarted container', async () => {
    abandon({ pid: process.pid, host: hostname(), id: 'earlier' });
    expect(await exclusively(file(), () => 'done')).to.equal('done');
  });

  it('takes over from another machine only when its lock is old', async () => {
    abandon({ pid: 1, host: 'elsewhere', id: 'x' });
    let done = false;
    const waiting = exclusively(file(), () => {
      done = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(done).to.equal(false);
    utimesSync(lock(), new Date(0), new Date(0));
    await waiting;
    expect(done).to.equal(true);
  });
});

describe('private files', () => {
  const folder = temporaryFolder();

  it('are readable by their owner alone, and leave nothing behind', () => {
    const file = join(folder.path, 'new', 'secret');
    writePrivate(file, 'one');
    writePrivate(file, 'two');
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(statSync(join(folder.path, 'new')).mode & 0o777).to.equal(0o700);
    expect(readdirSync(join(folder.path, 'new'))).to.deep.equal(['secret']);
    expect(readIfPresent(file)).to.equal('two');
    expect(readIfPresent(`${file}.none`)).to.equal(undefined);
  });
});
