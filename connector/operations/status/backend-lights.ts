import { moduleNamed } from '../../backend/catalogue.ts';
import type { Finding } from '../../backend/module/finding.ts';
import type { App, Config } from '../../config/config.ts';
import type { HealthReport } from '../../run/health-report.ts';
import { failureOf } from '../failure.ts';
import { type Light, ours } from './light.ts';

const RANK = { ok: 0, warning: 1, failed: 2 } as const;

const worst = (findings: readonly Finding[]): Finding | undefined =>
  findings.toSorted((a, b) => RANK[b.status] - RANK[a.status])[0];

const light = (app: string, status: Finding['status'], text: string): Light => ({
  light: 'backend',
  app,
  status,
  text,
  ...(status === 'failed' ? { failure: 'backend' as const } : {}),
  ...(status === 'ok' ? {} : ours('check')),
});

/** Where no service can be asked: looked at as `check` does, which changes nothing. */
async function examined(app: App): Promise<Light> {
  try {
    const finding = worst(await moduleNamed(app.backend).examine(app));
    return light(app.name, finding?.status ?? 'ok', finding?.text ?? 'answers');
  } catch (error) {
    return light(app.name, 'failed', failureOf(error).message);
  }
}

/** Whether the store of each app answers: the service, or us where there is none. */
export function backendLights({ apps }: Config, health: HealthReport | undefined): Promise<readonly Light[]> {
  return Promise.all(
    apps.map((app) => {
      const known = health?.apps.find((one) => one.app === app.name);
      if (known === undefined) return examined(app);
      return known.ok
        ? light(app.name, 'ok', `${app.backend} answers`)
        : light(app.name, 'failed', known.text ?? `${app.backend} does not answer`);
    }),
  );
}
