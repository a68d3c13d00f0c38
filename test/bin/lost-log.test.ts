import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { expect } from 'chai';
import { command } from '../support/cli.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const [program = '', ...before] = command;

describe('serve, when its log cannot be written', () => {
  const folder = temporaryFolder();

  for (const [what, file, requests] of [
    ['because the disk is full', '/dev/full', 3],
    ['because its reader is gone', undefined, 0],
  ] as const)
    it(`goes on, and stops when asked: ${what}`, async function () {
      if (process.platform !== 'linux') this.skip();
      const fd = file === undefined ? undefined : openSync(file, 'w');
      const words = ['serve', '--http', '--port', '0', '--auth', 'none'];
      const child = spawn(program, [...before, ...words], {
        cwd: folder.path,
        stdio: ['ignore', 'pipe', fd ?? 'pipe'],
      });
      child.stderr?.destroy();
      const [ready] = await once(child.stdout ?? child, 'data');
      const url = /http:\S+/.exec(String(ready))?.[0] ?? '';
      for (let i = 0; i < requests; i += 1) expect((await send(`${url}/Users`, 'GET')).status).to.equal(200);
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      if (fd !== undefined) closeSync(fd);
      expect(code).to.equal(0);
    });
});
