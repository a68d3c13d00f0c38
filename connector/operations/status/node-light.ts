import type { ServiceStatus } from '../../run/service-status.ts';
import { type Light, ours } from './light.ts';
import { ago } from './time-span.ts';

/** Who shares the state; absent where nobody does. */
export function nodeLight({ sharing }: ServiceStatus, now: number): Light | undefined {
  if (sharing === undefined) return undefined;
  const { nodes, refusals, failure } = sharing;
  const light = { light: 'connectors' } as const;
  const [refusal] = Object.values(refusals);
  if (refusal !== undefined)
    return { ...light, status: 'failed', failure: 'usage', text: refusal, ...ours('config show') };
  if (failure !== undefined) return { ...light, status: 'warning', text: failure };
  const others = nodes.filter(({ isSelf }) => !isSelf);
  const text =
    others.length === 0
      ? 'this one alone; others of the database have not been heard of for 30 s'
      : `this one and ${others.map(({ name, version, started }) => `${name} (${version}, started ${ago(started, now)})`).join(', ')}`;
  return { ...light, status: 'ok', text };
}
