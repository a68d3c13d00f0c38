import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { command } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('lines for the systemd journal', () => {
  const folder = temporaryFolder();

  /** What a server writes to stderr. @param streamOf  JOURNAL_STREAM, from stderr's own numbers */
  const served = async (streamOf: (dev: number, ino: number) => string): Promise<readonly string[]> => {
    const file = join(folder.path, 'stderr');
    const stderr = openSync(file, 'w');
    const { dev, ino } = fstatSync(stderr);
    const [program = '', ...before] = command;
    const words = ['serve', '--port', '0', '--http', '--quiet', '--auth', 'none', '--db', 'people.db'];
    const child = spawn(program, [...before, ...words, '--json'], {
      cwd: folder.path,
      stdio: ['ignore', 'pipe', stderr],
      env: { ...process.env, JOURNAL_STREAM: streamOf(dev, ino) },
    });
    await once(child.stdout ?? expect.fail('no pipe'), 'data');
    child.kill('SIGTERM');
    await once(child, 'exit');
    closeSync(stderr);
    return readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .filter((line) => line.includes('"level"'));
  };

  it('have their level as priority', async () => {
    const lines = await served((dev, ino) => `${dev}:${ino}`);
    expect(lines.length).to.be.above(1);
    for (const line of lines) {
      const [, priority, level] = /^<(\d)>\{"level":"(\w+)"/.exec(line) ?? [];
      expect(priority, line).to.equal({ error: '3', warn: '4', info: '6' }[level ?? '']);
    }
    expect(lines.some((line) => line.startsWith('<6>{') && line.includes('"event":101'))).to.equal(true);
  });

  it('are JSON and nothing else where stderr leads elsewhere', async () => {
    const lines = await served((dev, ino) => `${dev}:${ino + 1}`);
    expect(lines.length).to.be.above(1);
    for (const line of lines) expect(() => JSON.parse(line), line).not.to.throw();
  });
});
