import { statSync } from 'node:fs';
import { type Finding, failed, ok, warning } from '../../backend/module/finding.ts';
import { saidBy } from '../said-by.ts';

/** What the system wrote lately, and our own program. */
const WITNESSES: readonly string[] = [process.execPath, '/etc', '/var/log', '/var/lib', 'C:\\Windows\\Temp'];

/** Files may be younger than the clock by so much: other clocks write to shared disks. Unit: ms. */
const TOLERANCE = 120_000;

const shown = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

function youngest(files: readonly string[]): { readonly file: string; readonly time: number } | undefined {
  return files
    .flatMap((file) => {
      const time = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
      return time === undefined ? [] : [{ file, time }];
    })
    .toSorted((a, b) => b.time - a.time)[0];
}

/** Whether something keeps the clock right; undefined where the system does not say. */
function isKept(platform: NodeJS.Platform): boolean | undefined {
  if (platform === 'win32') {
    const source = saidBy(['w32tm', '/query', '/source']);
    return source === undefined ? undefined : !/Local CMOS Clock|Free-running/i.test(source);
  }
  const said = saidBy(['timedatectl', 'show', '-p', 'NTPSynchronized', '--value']);
  return said === 'yes' ? true : said === 'no' ? false : undefined;
}

export interface Clock {
  /** Unit: ms since 1970. */
  readonly now?: number;
  /** Files that cannot be younger than now. */
  readonly witnesses?: readonly string[];
  readonly kept?: boolean | undefined;
}

/** A wrong clock makes certificates that are not valid yet, and imports of changes that leave some out. */
export function checkClock(clock: Clock = {}): Finding {
  const { now = Date.now(), witnesses = WITNESSES } = clock;
  const kept = 'kept' in clock ? clock.kept : isKept(process.platform);
  const last = youngest(witnesses);
  if (last !== undefined && last.time - now > TOLERANCE)
    return failed(
      `${shown(now)} UTC, but ${last.file} is from ${shown(last.time)}: the clock is behind; set it, and switch on NTP`,
    );
  if (kept === true) return ok(`${shown(now)} UTC, kept by a time service`);
  if (kept === undefined) return ok(`${shown(now)} UTC; whether a time service keeps it is not known`);
  const fix =
    process.platform === 'win32' ? 'w32tm /config /update /syncfromflags:domhier' : 'timedatectl set-ntp true';
  return warning(`${shown(now)} UTC, kept by no time service: ${fix}`);
}
