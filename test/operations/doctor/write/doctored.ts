import { admitTarget } from '../../../../connector/operations/doctor/admitted.ts';
import type { Learnt, Patient } from '../../../../connector/operations/doctor/patient.ts';
import type { Tried } from '../../../../connector/operations/doctor/step.ts';
import { runWriting, type WritingRun } from '../../../../connector/operations/doctor/write/run-writing.ts';
import { HttpClient } from '../../../../connector/simulator/http-client.ts';

export type Settings = Pick<WritingRun, 'folder'> & Partial<WritingRun>;

/** Tries the writing steps against a server as `doctor --write` does, and tells each when it is over. */
export async function* writingAt(
  url: string,
  { own, learnt = {}, ...more }: Settings & { readonly own?: Patient['own']; readonly learnt?: Learnt },
): AsyncGenerator<Tried> {
  const admitted = admitTarget({ baseUrl: url, headers: {} }, { limit: 30_000 });
  const http = new HttpClient();
  const patient: Patient = { ...admitted.patient, learnt, ...(own ? { own } : {}) };
  const signal = new AbortController().signal;
  try {
    yield* runWriting({
      patient,
      http,
      key: url,
      signal,
      command: 'scim-connector doctor --clean',
      waits: false,
      ...more,
    });
  } finally {
    await admitted.release();
    http.close();
  }
}

export const lineOf = ({ step, verdict }: Tried): string => `${step.name} ${verdict.status}: ${verdict.text}`;
