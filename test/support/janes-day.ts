import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CliServer, cli, command } from './cli.ts';
import { send } from './send.ts';

const NAME = { givenName: 'Jane', familyName: 'Doe' };
const JANE = { userName: 'jdoe@example.com', name: NAME, emails: [{ value: 'jane@example.com', type: 'work' }] };

/** What Okta did in a connector of this folder: a connector that was set up, has served, and serves no more. */
export async function janesDay(folder: string): Promise<void> {
  const options = { cwd: folder };
  const words = ['init', '--yes', '--http', '--port', '0', '--config', 'connector.toml', '--token-file', 'token.txt'];
  const { code, stderr } = await cli(words, options);
  if (code !== 0) throw new Error(`init: ${stderr}`);
  const server = await CliServer.start(['--config', 'connector.toml'], options);
  const headers = {
    Authorization: `Bearer ${readFileSync(join(folder, 'token.txt'), 'utf8').trim()}`,
    'User-Agent': 'Okta',
    Accept: 'application/json',
  };
  const call = async (method: string, path: string, body: object) => {
    const { status, body: answer, text } = await send(server.url + path, method, body, headers);
    if (status !== 409 && status >= 400) throw new Error(text);
    return answer;
  };
  const { id } = await call('POST', '/Users', { ...JANE, title: 'Engineer', active: true, password: 'Never-Shown-1!' });
  await call('POST', '/Users', { ...JANE, userName: 'bjensen', name: { givenName: 'Barbara', familyName: 'Jensen' } });
  await call('POST', '/Users', { ...JANE, title: 'Chief' });
  await call('PUT', `/Users/${id}`, { ...JANE, title: 'Manager' });
  const group = await call('POST', '/Groups', { displayName: 'Sales', members: [{ value: id }] });
  await call('PUT', `/Users/${id}`, { ...JANE, userName: 'jroe@example.com', name: { ...NAME, familyName: 'Roe' } });
  await call('PUT', `/Groups/${group.id}`, { displayName: 'Sales', members: [] });
  await call('PUT', `/Users/${id}`, { userName: 'jroe@example.com', active: false });
  await server.stop();
}

/** A shell in which the program is called as customers call it. */
export function shell(
  folder: string,
): (line: string, input?: string) => { readonly code: number | null; readonly said: string; readonly stdout: string } {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const program = join(bin, 'scim-connector');
  writeFileSync(program, `#!/bin/sh\nexec ${command.map((word) => `'${word}'`).join(' ')} "$@"\n`);
  chmodSync(program, 0o755);
  const env = {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env['PATH']}`,
    HOME: folder,
    TZ: 'UTC',
    PAGER: 'cat',
  };
  return (line, input = '') => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { cwd: folder, env, input, encoding: 'utf8' });
    // Where the configuration was found is told on stderr.
    const notes = stderr.replace(/^using connector\.toml in this folder\n/, '');
    return { code: status, stdout, said: stdout + notes };
  };
}
