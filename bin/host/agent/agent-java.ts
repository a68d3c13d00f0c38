import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { InstalledJava } from '../../../connector/operations/trust/installed-agent.ts';

/** Below the agent's folder: of Linux, and of Windows. */
const RUNTIMES: readonly string[] = ['jre', 'current/jre'];
/** Within a runtime: Java 8 in a folder of its own, or not. */
const HOMES: readonly string[] = ['jre', '.'];
/** In the order of the standard trust manager (JSSE Reference Guide, "The Default Trust Store"). */
const STORES: readonly string[] = ['lib/security/jssecacerts', 'lib/security/cacerts'];

/** Unit: ms. */
const PATIENCE = 20_000;

const program = (home: string, name: string): string | undefined =>
  [join(home, 'bin', name), join(home, 'bin', `${name}.exe`)].find((file) => existsSync(file));

/** The folder that a Java takes for its home, by its own word. */
function homeOf(java: string): string | undefined {
  const words = ['-XshowSettings:properties', '-version'];
  const { stderr, status } = spawnSync(java, words, { encoding: 'utf8', timeout: PATIENCE, windowsHide: true });
  return status === 0 ? /^\s*java\.home = (.+?)\s*$/m.exec(stderr)?.[1] : undefined;
}

/** A store that the agent is started with, in the place of Java's own. */
function storeOption(folder: string): string | undefined {
  for (const name of ['conf/settings.conf', 'current/user/config/ProvisioningAgent/settings.conf']) {
    try {
      const [, file] = /-Djavax\.net\.ssl\.trustStore=("[^"]+"|[^\s"']+)/.exec(
        readFileSync(join(folder, name), 'utf8'),
      ) ?? [''];
      if (file !== undefined) return file.replaceAll('"', '');
    } catch {
      // Not there, or not for us to read.
    }
  }
  return undefined;
}

const whereItLies = (path: string): string | undefined => {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
};

/** Each once, however many paths lead to it. */
function distinct(paths: readonly string[]): readonly string[] {
  const lie = paths.map((path) => whereItLies(path) ?? path);
  return paths.filter((_, index) => lie.indexOf(lie[index] ?? '') === index);
}

/** The Java that comes with the agent in `folder`. */
export function agentJava(folder: string): InstalledJava | undefined {
  const homes = RUNTIMES.flatMap((runtime) => HOMES.map((home) => join(folder, runtime, home)));
  // The launcher of Java 8 lies above its home.
  const launchers = homes.toReversed();
  const java = launchers.map((home) => program(home, 'java')).find((found) => found !== undefined);
  if (java === undefined) return undefined;
  const own = homeOf(java);
  const inUse = homes.filter((home) => own !== undefined && whereItLies(home) === whereItLies(own));
  const stores = [...inUse, ...homes].flatMap((home) => STORES.map((store) => join(home, store)));
  const option = storeOption(folder);
  return {
    java,
    keytool: launchers.map((home) => program(home, 'keytool')).find((found) => found !== undefined),
    storeOption: option,
    truststores: distinct([...(option === undefined ? [] : [option]), ...stores.filter((store) => existsSync(store))]),
  };
}
