/**
 * Loaded into a server before everything else (`node --import`): writes how long the event loop's turns were, and how much
 * memory was resident, to the file that TRIAL_STRAIN names. The file outlives a kill -9.
 */
import { tracingChannel } from 'node:diagnostics_channel';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** How often the loop is looked at; a turn is known to within this. Unit: ms. */
const PERIOD = 5;
/** The longest that the file is behind. Unit: ms. */
const BEHIND = 50;

/** `ru_maxrss` begins with what the parent had when it was forked; this is the process's own. Unit: MiB. */
function mostResident(): number {
  const [, kibibytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}

const file = process.env['TRIAL_STRAIN'] ?? '';
const onCore = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

let seen = performance.now();
let core = onCore();
let [turn, turnCpu] = [0, 0];
let written = '';
let next = 0;

function look(): void {
  const [now, used] = [performance.now(), onCore()];
  turn = Math.max(turn, now - seen - PERIOD);
  turnCpu = Math.max(turnCpu, used - core);
  if (now >= next) {
    const text = JSON.stringify({ turn, turnCpu, resident: mostResident() });
    if (text !== written) {
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
    }
    written = text;
    next = now + BEHIND;
  }
  // What is done here is no turn of the server's.
  [seen, core] = [performance.now(), onCore()];
}

setInterval(look, PERIOD).unref();
// What loading the program takes is nobody's waiting.
tracingChannel('net.server.listen').asyncEnd.subscribe(() => {
  [seen, core] = [performance.now(), onCore()];
  [turn, turnCpu] = [0, 0];
});
