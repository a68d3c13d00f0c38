import { admitTarget } from '../../../../connector/operations/doctor/admitted.ts';
import type { Learnt, Patient } from '../../../../connector/operations/doctor/patient.ts';
import type { Tried } from '../../../../connector/operations/doctor/step.ts';
import { runWriting, type WritingRun } from '../../../../connector/operations/doctor/write/run-writing.ts';

export interface Settings extends Partial<Omit<WritingRun, 'patient' | 'shelf'>> {
  readonly folder: string;
  readonly own?: Patient['own'];
  readonly learnt?: Learnt;
}

/** Tries the writing steps against a server as `doctor --write` does, and tells each when it is over. */
export async function* writingAt(url: string, { folder, own, learnt = {}, ...more }: Settings): AsyncGenerator<Tried> {
  const { patient: admitted, release } = admitTarget({ baseUrl: url, headers: {} }, { limit: 12_000 });
  const patient: Patient = { ...admitted, learnt, ...(own ? { own } : {}) };
  const { signal } = new AbortController();
  try {
    yield* runWriting({ patient, shelf: { folder, server: url }, signal, waits: false, ...more });
  } finally {
    await release();
  }
}

export const lineOf = ({ step, verdict }: Tried): string => `${step.name} ${verdict.status}: ${verdict.text}`;
