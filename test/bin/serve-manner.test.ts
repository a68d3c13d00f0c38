import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { expect } from 'chai';
import { cli, command } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const [program = '', ...before] = command;

describe('what commands print for programs', () => {
  const folder = temporaryFolder();

  /** The first that `serve` writes to stdout, until `isWhole`. */
  async function greeting(words: readonly string[], isWhole: (text: string) => boolean): Promise<string> {
    const child = spawn(program, [...before, 'serve', '--http', '--port', '0', ...words], {
      cwd: folder.path,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    for await (const part of (child.stdout as Readable).setEncoding('utf8')) {
      text += part;
      if (isWhole(text)) break;
    }
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    return text;
  }

  const parsed = (text: string): boolean => {
    try {
      return JSON.parse(text) !== undefined;
    } catch {
      return false;
    }
  };

  it('is JSON where serve listens, with the sheets of a quick start', async () => {
    const { listening, sheets } = JSON.parse(await greeting(['--json', '--quickstart'], parsed));
    expect(listening).to.have.length(1);
    expect(listening[0].app).to.equal('default');
    expect(listening[0].url).to.match(/^http:\/\/127\.0\.0\.1:\d+\/scim\/v1$/);
    expect(sheets[0]).to.include({ app: 'default' });
    expect(JSON.stringify(sheets)).to.match(/scim_[\w-]{43}/);
  });

  it('is what was asked for alone with --quiet', async () => {
    const text = await greeting(['--quiet', '--quickstart'], (so_far) => /scim_[\w-]{43}/.test(so_far));
    expect(text).not.to.include('listening on');
  });

  it('is JSON for texts in another format, too', async () => {
    for (const [verb, format] of [
      ['example', 'toml'],
      ['reference', 'markdown'],
    ] as const) {
      const plain = await cli(['config', verb]);
      const json = await cli(['config', verb, '--json']);
      expect(`${JSON.parse(json.stdout)[format]}\n`).to.equal(plain.stdout);
    }
  });
});
