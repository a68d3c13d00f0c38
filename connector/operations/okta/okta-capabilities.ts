import { createBackend } from '../../backend/registry.ts';
import type { App, Config } from '../../config/config.ts';
import { type Capability, oktaCapabilities } from '../../protocol/okta-capabilities.ts';
import { offerOf } from '../../run/app-rules.ts';

/** What Okta may offer for an app, with the reason for each. The backend is not opened. */
export async function capabilitiesOf(config: Config, app: App): Promise<readonly Capability[]> {
  const { backend, readOnly, filter } = offerOf(config, app, await createBackend(app));
  return oktaCapabilities(backend, { readOnly, filter });
}
