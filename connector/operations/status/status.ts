import type { Config } from '../../config/config.ts';
import type { ImportProgress } from '../../vitals/imports.ts';
import type { Remembered } from '../../vitals/vitals.ts';
import { readVitals } from '../../vitals/vitals-state.ts';
import { agentLight } from './agent-light.ts';
import { backendLights } from './backend-lights.ts';
import { certificateLight } from './certificate-light.ts';
import { holdLights } from './hold-lights.ts';
import { journalLight } from './journal-light.ts';
import type { Light } from './light.ts';
import { nameLights } from './name-lights.ts';
import { nodeLight } from './node-light.ts';
import { askService } from './service-light.ts';
import { tokenLights } from './token-lights.ts';
import { versionLights } from './version-lights.ts';

/** How the connector is, now. */
export interface Status extends Remembered {
  readonly running: boolean;
  readonly lights: readonly Light[];
  readonly imports: readonly ImportProgress[];
}

const NOTHING: Remembered = { contacts: [], errors: [], counts: [], handshakes: [] };

export interface StatusOptions {
  /** What starts the service, and where its log is. */
  readonly start?: Partial<Light>;
  /** ms since 1970. */
  readonly now?: number;
}

/** Asks the running service; where there is none, looks at all the rest without it. Changes nothing. */
export async function statusOf(config: Config, { start = {}, now = Date.now() }: StatusOptions = {}): Promise<Status> {
  const { light, service, isForbidden } = await askService(config, start, now);
  // Another account sees nothing of it, and is told so once.
  if (isForbidden) return { running: false, lights: [light], imports: [], ...NOTHING };
  const remembered = service ?? readVitals(config.state_dir) ?? NOTHING;
  const { contacts, errors, counts, handshakes, oktaApps = [], versions = [] } = remembered;
  const journal = service && journalLight(config, service, now);
  const nodes = service && nodeLight(service, now);
  return {
    running: service !== undefined,
    lights: [
      light,
      agentLight(remembered, now),
      ...versionLights(remembered, now),
      ...(await backendLights(config, service?.health)),
      ...(await holdLights(config, now)),
      await certificateLight(config, service, now),
      ...(await tokenLights(config, now)),
      ...nameLights(config),
      ...(nodes ? [nodes] : []),
      ...(journal ? [journal] : []),
    ],
    imports: service?.imports ?? [],
    contacts,
    errors,
    counts,
    handshakes,
    oktaApps,
    versions,
  };
}
