import { examine } from '../../../connector/operations/doctor/examine.ts';
import type { Target } from '../../../connector/operations/doctor/patient.ts';
import type { Failed, Tried } from '../../../connector/operations/doctor/step.ts';
import { type DeviatingOptions, DeviatingServer } from './deviating-server.ts';

export interface Examined {
  readonly tried: readonly Tried[];
  /** The red ones. */
  readonly failed: readonly (Failed & { readonly name: string })[];
  /** `name: text` */
  readonly warnings: readonly string[];
  readonly asked: readonly string[];
}

/** @param limit  of one reply; unit: ms */
export async function examined(target: Target, limit?: number): Promise<Omit<Examined, 'asked'>> {
  const { signal } = new AbortController();
  const tried: Tried[] = [];
  for await (const one of examine(target, { signal, ...(limit === undefined ? {} : { limit }) })) tried.push(one);
  return {
    tried,
    failed: tried.flatMap(({ step, verdict }) => (verdict.status === 'failed' ? { name: step.name, ...verdict } : [])),
    warnings: tried.flatMap(({ step, verdict }) =>
      verdict.status === 'warning' ? `${step.name}: ${verdict.text}` : [],
    ),
  };
}

/** What doctor says of a server with one thing wrong. */
export async function examinedServer(options: DeviatingOptions, limit?: number): Promise<Examined> {
  const server = new DeviatingServer(options);
  const baseUrl = await server.start();
  try {
    const target = { baseUrl, headers: { Authorization: DeviatingServer.token } };
    return { ...(await examined(target, limit)), asked: server.asked };
  } finally {
    await server.close();
  }
}
