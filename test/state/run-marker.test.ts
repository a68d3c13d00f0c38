import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { RunMarker } from '../../connector/state/run-marker.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the mark of a running connector', () => {
  const folder = temporaryFolder();
  const file = () => join(folder.path, 'running.json');
  const left = (pid: number, since: Date) => writeFileSync(file(), JSON.stringify({ pid, since: since.toISOString() }));

  it('is gone after a stop', () => {
    const marker = new RunMarker(folder.path);
    expect(marker.begin()).to.equal(undefined);
    expect(existsSync(file())).to.equal(true);
    marker.end();
    expect(existsSync(file())).to.equal(false);
    expect(new RunMarker(folder.path).begin()).to.equal(undefined);
  });

  it('tells who was killed, also when the number is our own', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    left(child.pid ?? 0, new Date());
    expect(new RunMarker(folder.path).begin()?.pid).to.equal(child.pid);
    expect(new RunMarker(folder.path).begin()?.pid).to.equal(process.pid);
  });

  it('of another that runs stays as it is', () => {
    left(process.ppid, new Date());
    const marker = new RunMarker(folder.path);
    expect(marker.begin()).to.equal(undefined);
    marker.end();
    expect(existsSync(file())).to.equal(true);
  });

  it('of before the machine was started is nobody', () => {
    left(process.ppid, new Date(Date.now() - uptime() * 1000 - 60_000));
    expect(new RunMarker(folder.path).begin()?.pid).to.equal(process.ppid);
  });

  it('that cannot be read is none', () => {
    writeFileSync(file(), '{');
    expect(new RunMarker(folder.path).begin()).to.equal(undefined);
  });
});
