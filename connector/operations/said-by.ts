import { spawnSync } from 'node:child_process';

/** Unit: ms. */
const PATIENCE = 10_000;

/** Folders of programs that accounts without rights do not have in their path. */
const SYSTEM = process.platform === 'win32' ? '' : ':/usr/sbin:/sbin:/usr/bin';

/**
 * What a program of the operating system prints; undefined when there is none or it fails, for want of rights too.
 * @param path  where programs are looked for
 */
export function saidBy(words: readonly string[], path = `${process.env['PATH'] ?? ''}${SYSTEM}`): string | undefined {
  const [program = '', ...others] = words;
  const env = { ...process.env, PATH: path, LC_ALL: 'C' };
  const { status, stdout } = spawnSync(program, others, {
    encoding: 'utf8',
    env,
    timeout: PATIENCE,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trim() : undefined;
}
