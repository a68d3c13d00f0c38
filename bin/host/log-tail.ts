/** The end of the log, where it is known where the log is. */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LogTail } from '../../connector/operations/bundle/log-part.ts';
import { places, SERVICE } from './installation.ts';

/** Unit: bytes. */
const MOST = 2 * 1024 * 1024;
const LINES = 5_000;

/** @throws ENOENT, EACCES and the like */
export function fileTail(file: string): Buffer {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const bytes = Buffer.alloc(Math.min(size, MOST));
    const read = readSync(handle, bytes, 0, bytes.length, size - bytes.length);
    return bytes.subarray(0, read);
  } finally {
    closeSync(handle);
  }
}

function journalTail(): LogTail {
  const { status, stdout } = spawnSync(
    'journalctl',
    ['--unit', SERVICE, '--lines', String(LINES), '--output', 'cat', '--no-pager', '--quiet'],
    { maxBuffer: 64 * 1024 * 1024, timeout: 20_000 },
  );
  if (status !== 0)
    return { why: 'journalctl does not show it to this account; run as root, or name a file: --log FILE' };
  if (stdout.length === 0) return { why: 'journald has nothing of the service; name a file: --log FILE' };
  return { origin: 'journald', bytes: stdout.subarray(Math.max(0, stdout.length - MOST)) };
}

/** The service host of Windows writes beside the state. */
function hostTail(): LogTail {
  const folder = join(places().stateDir, '..', 'logs');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.log')) : [];
  const [newest] = files
    .map((name) => join(folder, name))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  return newest === undefined
    ? { why: 'there is no log of the service; name a file: --log FILE' }
    : { origin: 'the log of the service', bytes: fileTail(newest) };
}

/** @param named  by the operator @throws ENOENT, EACCES and the like of a file that is named */
export function logTail(named: string | undefined): LogTail {
  if (named !== undefined) return { origin: 'the file named with --log', bytes: fileTail(named) };
  try {
    if (process.platform === 'win32') return hostTail();
    if (existsSync('/run/systemd/system')) return journalTail();
  } catch {
    // Says as much as finding nothing.
  }
  return { why: 'it is not known where the log is; name a file: --log FILE' };
}
