import { styleText } from 'node:util';
import { type Plan, preFlight } from '../../../connector/operations/pre-flight/pre-flight.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const SIGNS = { ok: ['green', '✓'], warning: ['yellow', '!'], failed: ['red', '✗'] } as const;

/** What is so on this machine, before the first question. */
export async function tellPreFlight(plan: Plan, terminal: Terminal): Promise<void> {
  for (const { subject, status, text } of await preFlight(plan)) {
    const [color, sign] = SIGNS[status];
    terminal.info(`${styleText(color, sign, { stream: process.stderr })} ${subject}: ${text}`);
  }
  terminal.info('');
}
