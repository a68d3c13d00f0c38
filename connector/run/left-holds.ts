import { existsSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import type { Log } from '../log/log.ts';

/** Says what is still held, or refused, by the file of the state folder, which nobody reads where connectors share their state. */
export async function tellLeftHolds({ apps, state_dir: stateDir }: Config, log: Log): Promise<void> {
  const { holdsFile } = await import('../holds/file/open-holds.ts');
  const file = holdsFile(stateDir);
  if (!existsSync(file)) return;
  const { DeskFile } = await import('../holds/file/desk-file.ts');
  try {
    const desk = new DeskFile(file);
    try {
      for (const { name: app } of apps) {
        const { mode } = desk.mode(app);
        if (mode !== 'normal')
          log.warn(
            { app },
            `${file} has the app in mode ${mode}, which is not in force with state = "postgres": type mode ${mode} if it shall be, and move the file away`,
          );
      }
    } finally {
      desk.close();
    }
  } catch {
    // Nobody needs it any more.
  }
}
