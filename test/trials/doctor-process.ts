/**
 * `doctor --write` as a process that can be killed: loads what does the work, and nothing of the command line. What it is
 * to do comes as JSON in the first argument; each step is told in a line once it is over.
 */
import { readFileSync } from 'node:fs';
import { admitTarget } from '../../connector/operations/doctor/admitted.ts';
import { runCleaning, runWriting } from '../../connector/operations/doctor/write/run-writing.ts';
import { TOKEN } from './trial-server.ts';

export interface DoctorOrder {
  readonly url: string;
  /** File with the authority to trust. */
  readonly authority: string;
  /** Of the books. */
  readonly folder: string;
  readonly work: 'write' | 'clean';
  /** How long a creation without a reply counts as under way. Unit: ms. */
  readonly doubt: number;
}

const { url, authority, folder, work, doubt } = JSON.parse(process.argv[2] ?? '') as DoctorOrder;
const target = { baseUrl: url, headers: { Authorization: `Bearer ${TOKEN}` }, ca: readFileSync(authority, 'utf8') };
const { patient, release } = admitTarget(target, { limit: 12_000 });
const run = work === 'write' ? runWriting : runCleaning;
const { signal } = new AbortController();
const tell = (text: string): void => void process.stdout.write(`${text}\n`);
tell('begun');
for await (const { step, verdict } of run({ patient, shelf: { folder, server: 'trial' }, signal, doubt, waits: false }))
  tell(`${step.title}: ${verdict.status}: ${verdict.text}`);
await release();
