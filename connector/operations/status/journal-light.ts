import type { Config } from '../../config/config.ts';
import type { CopyHealth } from '../../journal/copying.ts';
import type { ServiceStatus } from '../../run/service-status.ts';
import type { Light } from './light.ts';
import { span } from './time-span.ts';

/** Whether records are kept. Only the service can tell; absent where none are wanted. */
export function journalLight(
  { journal: { enabled } }: Config,
  { journal }: ServiceStatus,
  now: number,
): Light | undefined {
  if (!enabled) return undefined;
  if (journal === undefined)
    return { light: 'journal', status: 'failed', failure: 'unexpected', text: 'none is kept; the log says why' };
  const { failure, failingSince, waiting, lost, shared } = journal;
  if (failure === undefined && lost === 0) return sharedLight(shared, now);
  const since = failingSince === undefined ? '' : ` for ${span(now - failingSince)}`;
  const text = [
    ...(failure === undefined ? [] : [`cannot be written${since}: ${failure}`]),
    ...(waiting > 0 && failure !== undefined ? [`${waiting} records wait`] : []),
    ...(lost > 0 ? [`${lost} records are lost since the start`] : []),
  ].join('; ');
  return {
    light: 'journal',
    status: failure === undefined ? 'warning' : 'failed',
    text,
    ...(failure === undefined ? {} : { failure: 'unexpected' }),
  };
}

/** Nothing is lost meanwhile: what could not be copied is copied later. */
function sharedLight(shared: CopyHealth | undefined, now: number): Light {
  const text = 'every change is recorded';
  if (shared?.failure === undefined) return { light: 'journal', status: 'ok', text };
  const since = span(now - (shared.failingSince ?? now));
  return {
    light: 'journal',
    status: 'warning',
    text: `${text}, on this machine alone for ${since}: ${shared.failure}`,
  };
}
