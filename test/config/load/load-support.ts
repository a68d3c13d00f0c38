import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Loaded, loadConfig, type Sources } from '../../../connector/config/load/load.ts';
import { ConfigError } from '../../../connector/config/load/problem.ts';

/** Writes `text` as a configuration file; the version line is added unless `text` has its own. */
export function configFile(folder: string, text: string): string {
  const file = join(folder, 'connector.toml');
  writeFileSync(file, text.includes('config_versio') ? text : `config_version = 1\n${text}`);
  return file;
}

export const loadText = (folder: string, text: string, sources: Sources = {}): Promise<Loaded> =>
  loadConfig({ cwd: folder, file: configFile(folder, text), ...sources });

/** What is wrong, with the folder's path taken out. */
export async function problemsOf(folder: string, loading: Promise<unknown>): Promise<readonly string[]> {
  try {
    await loading;
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((problem) => problem.replaceAll(`${folder}/`, ''));
    throw error;
  }
  return [];
}
