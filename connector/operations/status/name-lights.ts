import type { Config } from '../../config/config.ts';
import { nameMismatch } from '../okta/learnt-name.ts';
import { type Light, ours } from './light.ts';

/** Apps that Okta calls otherwise than the configuration does. */
export const nameLights = (config: Config): readonly Light[] =>
  config.apps.flatMap((app) => {
    const mismatch = nameMismatch(config, app);
    return mismatch ? [{ light: 'agent', app: app.name, ...mismatch, ...ours('okta schema') }] : [];
  });
