import type { Config } from '../../config/config.ts';
import { lookAtDesk } from '../hold/hold-desk.ts';
import { type Light, ours } from './light.ts';
import { span } from './time-span.ts';

/** Apps whose changes wait or are refused on an operator's order, with or without a running service. None where all go on. */
export async function holdLights(config: Config, now: number): Promise<readonly Light[]> {
  try {
    return await lookAtDesk(config, [], async (desk) => {
      const lights = await Promise.all(
        config.apps.map(async ({ name: app }): Promise<Light[]> => {
          const { mode, hold: id, since } = await desk.mode(app);
          const light = { light: 'changes', app, status: 'warning' } as const;
          if (mode === 'read-only') {
            const ago = since === undefined ? '' : ` for ${span(now - since)}`;
            return [{ ...light, text: `refused${ago}: mode read-only`, ...ours('mode normal') }];
          }
          const hold = id === undefined ? undefined : await desk.hold(id);
          if (!hold) return [];
          const fix = ours(hold.kind === 'ordered' ? 'mode normal' : `hold show ${hold.id}`);
          return [{ ...light, text: `held for ${span(now - hold.opened)}: ${hold.text}`, ...fix }];
        }),
      );
      return lights.flat();
    });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return [{ light: 'changes', status: 'failed', failure: 'unexpected', text, ...ours('hold list') }];
  }
}
