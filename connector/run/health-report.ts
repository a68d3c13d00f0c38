import { type Mount, ping } from '../http/mount.ts';
import { ScimError } from '../scim/error.ts';

/** Of one app: whether its store answers, and why not. */
export interface AppHealth {
  readonly app: string;
  readonly ok: boolean;
  readonly text?: string;
}

/** What `/readyz` says, with the reasons. For the admin channel: outside nobody is told why. */
export interface HealthReport {
  readonly ready: boolean;
  readonly apps: readonly AppHealth[];
}

async function healthOf(mount: Mount): Promise<AppHealth> {
  const { app } = mount;
  try {
    await ping(mount);
    return { app, ok: true };
  } catch (error) {
    const text =
      error instanceof ScimError ? error.message : 'the connector failed unexpectedly; its log has the details';
    return { app, ok: false, text };
  }
}

/** One of each app's mounts: all of them have one store. */
export const onePerApp = (mounts: readonly Mount[]): readonly Mount[] =>
  mounts.filter(({ app }, i) => mounts.findIndex((one) => one.app === app) === i);

export async function healthReport(mounts: readonly Mount[]): Promise<HealthReport> {
  const apps = await Promise.all(onePerApp(mounts).map(healthOf));
  return { ready: apps.every(({ ok }) => ok), apps };
}
