import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Logger } from '../../../connector/log/logger.ts';
import { audit } from '../../cli/audited.ts';
import type { LoadedHere } from '../../cli/load.ts';
import { release } from '../../cli/version.ts';

/** SHA-256 of the file, by which a change of it shows; undefined when there is none. */
function digestOf(file: string | undefined): string | undefined {
  try {
    return file === undefined ? undefined : hash('sha256', readFileSync(file)).slice(0, 16);
  } catch {
    return undefined;
  }
}

/** Enters with which program and which configuration the service works from now on. */
export async function auditConfiguration(loaded: LoadedHere, action: string, log: Logger): Promise<void> {
  const { file, journal } = loaded.config;
  // Who wants nothing kept of what Okta does wants no file of it.
  if (!journal.enabled) return;
  const details = { version: release.version, configuration: file, sha256: digestOf(file) };
  await audit(loaded, { action, details }, { warn: (text) => log.warn(text) }, 'service');
}
