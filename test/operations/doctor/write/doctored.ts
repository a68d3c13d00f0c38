import type { Learnt, Patient } from '../../../../connector/operations/doctor/patient.ts';
import type { Tried } from '../../../../connector/operations/doctor/step.ts';
import { runWriting, type WritingRun } from '../../../../connector/operations/doctor/write/run-writing.ts';
import { OktaAgent } from '../../../../connector/simulator/agent.ts';
import { HttpClient } from '../../../../connector/simulator/http-client.ts';

export type Settings = Pick<WritingRun, 'folder'> & Partial<WritingRun>;

/** Tries the writing steps against a server as `doctor --write` does, and tells each when it is over. */
export async function* writingAt(
  url: string,
  { own, learnt = {}, ...more }: Settings & { readonly own?: Patient['own']; readonly learnt?: Learnt },
): AsyncGenerator<Tried> {
  const agent = new OktaAgent({ baseUrl: url });
  const http = new HttpClient();
  const patient: Patient = { baseUrl: url, headers: {}, agent, flag: '', learnt, ...(own ? { own } : {}) };
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
    agent.close();
    http.close();
  }
}

export const lineOf = ({ step, verdict }: Tried): string => `${step.name} ${verdict.status}: ${verdict.text}`;
