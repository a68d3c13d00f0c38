import { type Finding, failed, ok, warning } from '../../backend/module/finding.ts';
import { freeSpace } from '../../state/free-space.ts';
import { existingFolder } from '../../state/writable-folder.ts';

const MIB = 1024 * 1024;
/** Below it nothing can be written for long: journal, logs, certificates. Unit: bytes. */
const LEAST = 16 * MIB;
/** What the journal grows to with its standard settings, and some. Unit: bytes. */
const COMFORT = 1024 * MIB;

/** @param space  bytes that are free where `stateDir` is */
export function checkSpace(stateDir: string, space = freeSpace(existingFolder(stateDir))): Finding {
  const free = `${Math.floor(space / MIB)} MiB free for ${stateDir}`;
  if (space < LEAST) return failed(`${free}: free some, or choose another state_dir`);
  if (space < COMFORT) return warning(`${free}: the journal may grow to 512 MiB; free some, or lower journal.max_size`);
  return ok(free);
}
