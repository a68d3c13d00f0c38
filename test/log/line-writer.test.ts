import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { LineWriter } from '../../connector/log/line-writer.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the lines of the log', () => {
  const folder = temporaryFolder();
  const opened: number[] = [];
  const open = (file: string): number => {
    const fd = openSync(file, 'w');
    opened.push(fd);
    return fd;
  };
  afterEach(() => {
    for (const fd of opened.splice(0)) closeSync(fd);
  });

  it('arrive whole and in their order', async () => {
    const file = join(folder.path, 'log');
    const lines = new LineWriter(open(file));
    const written = Array.from({ length: 2000 }, (_, i) => `${i} ${'ü'.repeat(i % 100)}\n`);
    for (const line of written) lines.write(line);
    while (!readFileSync(file, 'utf8').endsWith(written.at(-1) ?? '')) await tick();
    expect(readFileSync(file, 'utf8')).to.equal(written.join(''));
  });

  it('are written at once by a flush', () => {
    const file = join(folder.path, 'log');
    const lines = new LineWriter(open(file));
    for (const line of ['on its way\n', 'waiting\n']) lines.write(line);
    lines.flush();
    expect(readFileSync(file, 'utf8')).to.contain('waiting\n');
  });

  it('are counted where they are lost, which is told when lines can be written again', async () => {
    const file = join(folder.path, 'log');
    const lines: LineWriter = new LineWriter(open(file), (count) => lines.write(`lost ${count}\n`));
    const long = `${'x'.repeat(1024 * 1024)}\n`;
    // The first is on its way, and fifteen fit behind it.
    for (let i = 0; i < 20; i += 1) lines.write(long);
    while (!readFileSync(file, 'latin1').includes('lost')) await tick();
    const arrived = readFileSync(file, 'latin1').split('\n').slice(0, -1);
    expect(arrived.filter((line) => line.startsWith('x'))).to.have.length(16);
    expect(arrived.at(-1)).to.equal('lost 4');
  });

  it('are lost where they cannot be written, and stop nobody', async function () {
    if (process.platform !== 'linux') this.skip();
    const lines = new LineWriter(open('/dev/full'));
    for (let i = 0; i < 10; i += 1) {
      lines.write('lost\n');
      lines.flush();
      await tick();
    }
  });
});
