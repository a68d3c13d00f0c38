/** What makes deadlines in tests hold on a slow or busy machine too. */
import { createHash } from 'node:crypto';

/** How long the sample takes where the deadlines of the tests were chosen, with nothing else to do. Unit: ms. */
const REFERENCE = 30;
/** Kept here for the processes of a run: it is measured once, at the start. */
const VARIABLE = 'TEST_PACE';

/** A bit of everything that a server does: hashing, text, objects that become garbage. @returns ms */
function sample(): number {
  const start = performance.now();
  let text = '';
  for (let round = 0; round < 4_000; round += 1) {
    const digest = createHash('sha256').update(`${round}${text}`).digest('hex');
    text = JSON.stringify(JSON.parse(JSON.stringify({ round, digest, parts: digest.split('a') })));
  }
  return performance.now() - start;
}

/** How many times as long as there everything takes here: 1 or more. */
export const pace = Number(process.env[VARIABLE] ?? Math.max(1, sample() / REFERENCE));
process.env[VARIABLE] = String(pace);

/** A deadline that is long enough here. Unit: ms. */
export const scaled = (milliseconds: number): number => Math.ceil(milliseconds * pace);
