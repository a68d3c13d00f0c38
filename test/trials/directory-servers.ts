import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DirectoryLab } from '../support/directories/directory-lab.ts';
import type { FlavourName } from '../support/directories/flavours.ts';
import { shortestFile } from '../support/directories/shortest-file.ts';
import type { Bench } from './trial.ts';
import type { ServeOptions, TrialServer } from './trial-server.ts';

/** A directory with nobody in it, gone after the trial. */
export async function startDirectory(bench: Bench, name: FlavourName): Promise<DirectoryLab> {
  const lab = await DirectoryLab.start(name);
  bench.whenOver(() => lab.remove());
  return lab;
}

/**
 * A connector to `lab`, with a folder of its own: the one that knows nothing of the others.
 * @param name  of its folder
 * @param port  where the directory is reached. Absent: its own
 * @param further  environment
 */
export function serveDirectory(
  bench: Bench,
  lab: DirectoryLab,
  name: string,
  port?: number,
  further: NonNullable<ServeOptions['env']> = {},
): Promise<TrialServer> {
  const folder = join(bench.folder, name);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'connector.toml');
  const text = shortestFile(lab);
  writeFileSync(file, port === undefined ? text : text.replace(lab.url, `ldaps://localhost:${port}`));
  const env = { LDAP_PASSWORD: lab.flavour.service.password, ...further };
  return bench.serve({ folder, words: ['--config', file], env });
}
