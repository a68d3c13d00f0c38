import { AdminClient } from '../../admin/admin-client.ts';
import { ChannelError } from '../../admin/channel-error.ts';
import type { Config } from '../../config/config.ts';
import type { ServiceStatus } from '../../run/service-status.ts';
import { checkPort } from '../check/check-port.ts';
import { failureOf } from '../failure.ts';
import type { Light } from './light.ts';
import { span } from './time-span.ts';

/** What the service says, or why it says nothing. */
export interface AskedService {
  readonly light: Light;
  readonly service?: ServiceStatus;
  /** Another account's: nothing else of it can be seen either. */
  readonly isForbidden: boolean;
}

/** Who asks on the phone waits no longer. Unit: ms. */
const PATIENCE = 30_000;

const failed = (text: string, failure: Light['failure'], fix: Partial<Light> = {}): Light => ({
  light: 'service',
  status: 'failed',
  text,
  ...(failure ? { failure } : {}),
  ...fix,
});

/** Nobody answers: it may not run, run without a channel, or be kept from running by who has its port. */
async function absent(config: Config, start: Partial<Light>): Promise<Light> {
  try {
    const [finding] = await checkPort(config);
    if (finding === undefined) return failed('does not run: Okta gets no answer', 'unexpected', start);
    const text = `${finding.text}, and cannot be asked; its log says why`;
    return { light: 'service', status: 'warning', text };
  } catch (error) {
    return failed(`does not run: ${failureOf(error).message}`, 'unexpected', start);
  }
}

/** @param start  what starts it */
export async function askService(config: Config, start: Partial<Light>, now: number): Promise<AskedService> {
  try {
    const service = await new AdminClient(config.state_dir, PATIENCE).get<ServiceStatus>('/status');
    const { version, started, pid, urls } = service;
    const since = `for ${span(now - Date.parse(started))}`;
    const text = `${version} runs ${since} as process ${pid}, ${urls.join(' ')}`;
    return { light: { light: 'service', status: 'ok', text }, service, isForbidden: false };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    const isForbidden = error.why === 'forbidden';
    if (error.why === 'absent') return { light: await absent(config, start), isForbidden };
    if (isForbidden) return { light: failed(`cannot be seen: ${error.message}`, 'secret'), isForbidden };
    return { light: failed(`runs, but cannot be asked: ${error.message}`, 'unexpected'), isForbidden };
  }
}
