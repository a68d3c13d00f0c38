import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { manifestOf } from './jar-manifest.ts';

/** Unit: ms. */
const PATIENCE = 5_000;
/** Jars are looked for so far below the folder, and so many of them. */
const DEPTH = 4;
const MOST = 200;

const OURS = /okta|provisioning|scim/i;
const VERSION = /(\d+\.\d+\.\d+(?:\.\d+)*)/;

/** The package that owns the folder, where packages are kept by RPM. */
function packageVersion(folder: string): string | undefined {
  const words = ['-qf', '--qf', '%{VERSION}\n', folder];
  const { status, stdout } = spawnSync('rpm', words, { encoding: 'utf8', timeout: PATIENCE });
  return status === 0 ? VERSION.exec(stdout)?.[1] : undefined;
}

/** Jars that have to do with the agent; not those of its Java. */
function jars(folder: string, depth = DEPTH): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return depth === 0 || entry.name === 'jre' ? [] : jars(path, depth - 1);
      return entry.name.endsWith('.jar') && OURS.test(entry.name) ? [path] : [];
    });
  } catch {
    return [];
  }
}

/** Names of an agent's own part come before those of what it uses. */
const byLikelihood = (a: string, b: string): number =>
  Number(/agent/i.test(basename(b))) - Number(/agent/i.test(basename(a)));

const inManifest = (jar: string): string | undefined =>
  VERSION.exec(/^Implementation-Version:\s*(\S+)/m.exec(manifestOf(jar) ?? '')?.[1] ?? '')?.[1];

/** Of the agent in `folder`: what its package says, else the name of its jar, else what is written in the jar. */
export function agentVersion(folder: string): string | undefined {
  const known = packageVersion(folder);
  if (known !== undefined) return known;
  const found = jars(folder).slice(0, MOST).toSorted(byLikelihood);
  for (const jar of found) {
    const version = VERSION.exec(basename(jar))?.[1] ?? inManifest(jar);
    if (version !== undefined) return version;
  }
  return undefined;
}
