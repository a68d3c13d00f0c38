import { arch, platform, release, totalmem, uptime } from 'node:os';
import { catalogue } from '../../backend/catalogue.ts';
import type { Part } from './part.ts';

/** @param connector  version, and commit where it is known */
export async function versionsPart(connector: object): Promise<Part> {
  const engines: Record<string, string> = {};
  for (const { name, engineVersion } of catalogue) if (engineVersion) engines[name] = await engineVersion();
  const facts = {
    connector,
    node: process.versions.node,
    openssl: process.versions.openssl,
    ...engines,
    system: platform(),
    // What a house adds behind the number may be its name.
    release: /^[\d.]+/.exec(release())?.[0] ?? 'not a number',
    processor: arch(),
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    upHours: Math.round(uptime() / 3600),
  };
  return {
    name: 'versions.json',
    about: 'versions of the connector, of what it runs on, and of the system; those of a directory are in check.json',
    text: `${JSON.stringify(facts, null, 2)}\n`,
  };
}
