import type { ListedCredential } from '../../auth/credentials/listed-credential.ts';
import { methodKind } from '../../auth/methods.ts';
import type { App, Config } from '../../config/config.ts';
import { callerCredential } from '../credential/caller-credential.ts';
import { listedCredentials } from '../credential/credential-desk.ts';
import { failureOf } from '../failure.ts';
import { type Light, ours } from './light.ts';
import { span } from './time-span.ts';

/** Time enough to make another and have it entered in Okta. Unit: ms. */
const SOON = 14 * 86_400_000;

function lightOf(app: App, listed: readonly ListedCredential[], now: number): Light {
  const is = (status: Light['status'], text: string, more: Partial<Light> = {}): Light => ({
    light: 'tokens',
    app: app.name,
    status,
    text,
    ...more,
  });
  const { method } = app.auth;
  if (methodKind(method).open) return is('warning', `method "${method}": whoever reaches the port may do everything`);
  if (methodKind(method).credential === undefined)
    return is('ok', `method "${method}": clients fetch tokens themselves`);
  const credential = callerCredential(app, listed);
  if (credential?.kind === 'fixed') return is('ok', 'set by the configuration');
  const make = ours('token add NAME');
  if (credential?.kind !== 'stored') {
    const expired = listed.filter((one) => one.expired && (one.app ?? app.name) === app.name).map(({ name }) => name);
    return expired.length > 0
      ? is('failed', `${expired.join(', ')} expired: every request is answered 401`, { failure: 'secret', ...make })
      : is('warning', 'none: every request is answered 401', make);
  }
  const ends = listed
    .filter(({ name }) => credential.names.includes(name))
    .map(({ expires }) => (expires === undefined ? Number.POSITIVE_INFINITY : Date.parse(expires)));
  const last = Math.max(...ends);
  const names = credential.names.join(', ');
  if (last - now < SOON)
    return is('warning', `${names}: ends in ${span(last - now)}, and every request is 401 then`, make);
  return is('ok', Number.isFinite(last) ? `${names}, valid until ${new Date(last).toISOString().slice(0, 10)}` : names);
}

/** Whether Okta can log in to each app, and for how long. */
export async function tokenLights(config: Config, now: number): Promise<readonly Light[]> {
  try {
    const listed = await listedCredentials(config);
    return config.apps.map((app) => lightOf(app, listed, now));
  } catch (error) {
    const { message } = failureOf(error);
    return [{ light: 'tokens', status: 'failed', text: message, failure: 'secret', ...ours('check') }];
  }
}
