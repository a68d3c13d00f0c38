import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { catalogue } from '../../../connector/backend/catalogue.ts';
import type { Config } from '../../../connector/config/config.ts';
import { dropPartial, isPartial, partialOf, removeAbandoned } from '../../../connector/state/partial-file.ts';
import { release } from '../../cli/version.ts';

/** Older ones are removed. */
const KEPT = 5;

const FOLDER = 'backups';

/** Not worth keeping: locks, half-written files, and the side files of databases, which are copied as a whole. */
const LEFT_OUT = /(-wal|-shm|-lock|-journal|\.lock|\.partial)$/;

function copyTree(from: string, to: string, skip: ReadonlySet<string>): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(from)) {
    const source = join(from, name);
    const entry = lstatSync(source);
    if (LEFT_OUT.test(name) || skip.has(source)) continue;
    if (entry.isDirectory()) copyTree(source, join(to, name), skip);
    else if (entry.isFile()) copyFileSync(source, join(to, name));
  }
}

function removeOldest(folder: string): void {
  const names = readdirSync(folder)
    .filter((name) => !isPartial(name))
    .sort();
  for (const name of names.slice(0, Math.max(0, names.length - KEPT)))
    rmSync(join(folder, name), { recursive: true, force: true });
}

/** The files that hold people, also those of a backend that is not chosen any more, and how each is copied. */
const storesOf = ({ apps }: Config): ReadonlyMap<string, (target: string) => Promise<number>> =>
  new Map(
    catalogue
      .flatMap(({ transfer }) => transfer?.file ?? [])
      .flatMap((file) =>
        apps.map((app) => [resolve(file.path(app)), (target: string) => file.backUp(app, target)] as const),
      )
      .filter(([file]) => existsSync(file)),
  );

/**
 * Copies configuration, state and databases, also while the connector runs.
 * @returns the new folder
 */
export async function backUp(config: Config, now = new Date()): Promise<string> {
  const all = join(config.state_dir, FOLDER);
  const target = join(all, `${now.toISOString().replaceAll(/[:.]/g, '-')}-${release.version}`);
  removeAbandoned(all);
  // Half of a backup must not be taken for one, nor push an older one out.
  const partial = partialOf(target);
  try {
    const stores = storesOf(config);
    copyTree(config.state_dir, join(partial, 'state'), new Set([all, ...stores.keys()]));
    if (config.file !== undefined) copyFileSync(config.file, join(partial, basename(config.file)));
    for (const [file, copyTo] of stores) await copyTo(join(partial, basename(file)));
    renameSync(partial, target);
  } finally {
    dropPartial(partial);
  }
  removeOldest(all);
  return target;
}
