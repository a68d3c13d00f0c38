import type { FlavourName } from './flavours.ts';
import { install } from './install.ts';
import { DirectoryLab, type LabOptions } from './lab.ts';

export { DirectoryLab, type LabOptions } from './lab.ts';

const shared = new Map<FlavourName, Promise<DirectoryLab>>();

export interface SuiteLab {
  readonly lab: DirectoryLab;
  /** False where the suite is skipped: mocha runs its `after` all the same. */
  readonly started: boolean;
}

/**
 * The server for a suite; call inside `describe`. Where it is not installed the suite is skipped and says so, and in
 * CI it fails. @param own a server of its own, for tests that stop it; else one that all suites share
 */
export function directoryLab(name: FlavourName, own?: LabOptions): SuiteLab {
  let lab: DirectoryLab | undefined;
  before(async function prepare() {
    // Installing takes minutes where nothing is cached.
    this.timeout(600_000);
    const missing = install(name);
    if (missing !== undefined) {
      if (process.env['CI'] === 'true') throw new Error(missing);
      process.stderr.write(`    ${name} tests are skipped: ${missing}\n`);
      this.skip();
    }
    if (own) {
      lab = await DirectoryLab.start(name, own);
    } else {
      const started = shared.get(name) ?? DirectoryLab.start(name);
      shared.set(name, started);
      lab = await started;
    }
  });
  if (own) after(() => lab?.remove());
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

// Beside all suites: the shared servers go when the last test is done.
after(async function removeShared() {
  this.timeout(30_000);
  for (const lab of shared.values()) await (await lab).remove();
});
