import { exclusively } from './claim.ts';
import type { FlavourName } from './flavours.ts';
import { install } from './install.ts';
import { DirectoryLab, type LabOptions } from './lab.ts';

export { DirectoryLab, type LabOptions } from './lab.ts';

export interface SuiteLab {
  readonly lab: DirectoryLab;
  /** False where the suite is skipped: mocha runs its `after` all the same. */
  readonly started: boolean;
}

/**
 * The suite's own server, with nobody in it; call inside `describe`. Where it is not installed the suite is skipped
 * and says so, and in CI it fails.
 */
export function directoryLab(name: FlavourName, options?: LabOptions): SuiteLab {
  let lab: DirectoryLab | undefined;
  before(async function prepare() {
    // Installing takes minutes where nothing is cached.
    this.timeout(600_000);
    const missing = await exclusively('install', async () => install(name));
    if (missing !== undefined) {
      if (process.env['CI'] === 'true') throw new Error(missing);
      process.stderr.write(`    ${name} tests are skipped: ${missing}\n`);
      this.skip();
    }
    const started = await DirectoryLab.start(name, options);
    lab = started;
    // Declared now, it comes after what the suite declares, which may need the server.
    this.test?.parent?.afterAll('remove the directory', () => started.remove());
  });
  return {
    get started() {
      return lab !== undefined;
    },
    get lab() {
      if (!lab) throw new Error('the directory is started in before()');
      return lab;
    },
  };
}
