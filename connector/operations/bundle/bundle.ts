import { hostname, userInfo } from 'node:os';
import type { Config } from '../../config/config.ts';
import type { Loaded } from '../../config/load/load.ts';
import { settings } from '../../config/schema/settings.ts';
import type { StoredRecord } from '../../journal/journal-store.ts';
import { passingKey, pseudonymKey } from '../../redaction/pseudonym-key.ts';
import { Pseudonyms } from '../../redaction/pseudonyms.ts';
import { Scrubber } from '../../redaction/scrubber.ts';
import { openedJournal } from '../opened-journal.ts';
import { archived } from './archive.ts';
import { auditPart } from './audit-part.ts';
import { checkPart } from './check-part.ts';
import { configurationPart } from './configuration-part.ts';
import { journalPart, latestRecords, learnPeople } from './journal-part.ts';
import { type LogTail, logPart } from './log-part.ts';
import { manifestText } from './manifest.ts';
import { metricsPart } from './metrics-part.ts';
import { type Gathered, isPart, lastLines, type Missing, type Part } from './part.ts';
import { secretsIn } from './secrets-in.ts';
import { statusPart } from './status-part.ts';
import { versionsPart } from './versions-part.ts';

/** Of one file, so that all of them stay below 20 MB before they are packed. Unit: bytes. */
const LONGEST_PART = 2.5 * 1024 * 1024;

const REFUSED = 'the configuration is refused';

export interface BundleSources {
  /** The configuration, or why it was refused. */
  readonly loaded: Loaded | Error;
  readonly log: LogTail;
  /** Of the audit log; absent where it cannot be known. */
  readonly auditKey?: () => Buffer;
  /** Of the connector, and its commit where it is known. */
  readonly release: { readonly version: string };
  readonly made: Date;
}

export interface Bundle {
  readonly pseudonyms: Pseudonyms;
  readonly isKeyKept: boolean;
  readonly parts: readonly Part[];
  readonly missing: readonly Missing[];
}

/** Every ending of a setting's name that has a dot in it: `server.listen`, `ldap.page_size`. */
function dottedNames(): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { path } of settings())
    for (let start = 0; start < path.length - 1; start += 1)
      for (let end = start + 2; end <= path.length; end += 1) names.add(path.slice(start, end).join('.'));
  for (const name of ['name.familyName', 'name.givenName', 'emails.value', 'meta.lastModified', 'meta.created'])
    names.add(name);
  return names;
}

function keyOf(config: Config | undefined): { readonly key: Buffer; readonly isKept: boolean } {
  try {
    if (config) return { key: pseudonymKey(config.state_dir), isKept: true };
  } catch {
    // The folder cannot be written, which is what the bundle may be about.
  }
  return { key: passingKey(), isKept: false };
}

type Records = { readonly records: readonly StoredRecord[]; readonly isAlone: boolean } | { readonly why: string };

async function recordsOf(config: Config | undefined): Promise<Records> {
  if (!config) return { why: 'the configuration is refused, so it is not known where the journal is' };
  try {
    const journal = await openedJournal(config);
    try {
      return { records: await latestRecords(journal), isAlone: journal.caveat !== undefined };
    } finally {
      await journal.close();
    }
  } catch {
    return { why: 'there is no journal, or it cannot be read' };
  }
}

function learnPlaces(scrubber: Scrubber): void {
  scrubber.learn('host', hostname());
  try {
    scrubber.learn('credential', userInfo().username);
  } catch {
    // An account without a name.
  }
}

/** Something that keeps one file from being made keeps none of the others. */
async function attempt(name: string, make: () => Gathered | Promise<Gathered>): Promise<Gathered> {
  try {
    const gathered = await make();
    return isPart(gathered) ? { ...gathered, text: lastLines(gathered.text, LONGEST_PART) } : gathered;
  } catch {
    return { name, why: 'it could not be made; please tell us' };
  }
}

/** Everything that support asks for first, without what may not leave the house. Writes nothing but its own key. */
export async function gatherBundle({ loaded, log, auditKey, release }: BundleSources): Promise<Bundle> {
  const config = loaded instanceof Error ? undefined : loaded.config;
  const { key, isKept } = keyOf(config);
  const pseudonyms = new Pseudonyms(key);
  const scrubber = new Scrubber({ pseudonyms, secrets: secretsIn(config), dotted: dottedNames() });
  const found = await recordsOf(config);
  learnPlaces(scrubber);
  if ('records' in found) learnPeople(scrubber, found.records);
  for (const { name } of config?.apps ?? []) if (name !== 'default') scrubber.learn('app', name);
  const gathered = [
    await attempt('versions.json', () => versionsPart(release)),
    await attempt('configuration.toml', () =>
      loaded instanceof Error
        ? { name: 'configuration.toml', why: 'the configuration is refused; check.json says why' }
        : configurationPart(scrubber, loaded),
    ),
    await attempt('check.json', () => checkPart(scrubber, loaded)),
    await attempt('status.json', () => (config ? statusPart(scrubber, config) : { name: 'status.json', why: REFUSED })),
    await attempt('journal.jsonl', () =>
      'records' in found ? journalPart(scrubber, found.records, found.isAlone) : { name: 'journal.jsonl', ...found },
    ),
    await attempt('log.txt', () =>
      'bytes' in log ? logPart(scrubber, log.origin, log.bytes) : { name: 'log.txt', why: log.why },
    ),
    await attempt('audit.json', () =>
      config && auditKey && 'records' in found
        ? auditPart(scrubber, config, auditKey, 'bytes' in log ? log.bytes.toString() : '')
        : { name: 'audit.json', why: 'why' in found ? found.why : REFUSED },
    ),
    await attempt('metrics.txt', () =>
      config ? metricsPart(scrubber, config) : { name: 'metrics.txt', why: REFUSED },
    ),
  ];
  return {
    pseudonyms,
    isKeyKept: isKept,
    parts: gathered.filter(isPart),
    missing: gathered.filter((one): one is Missing => !isPart(one)),
  };
}

/** @param archive  name of the file, for its own description */
export function packed(
  { pseudonyms, isKeyKept, parts, missing }: Bundle,
  archive: string,
  { made, release }: BundleSources,
): Buffer {
  const { version } = release;
  const manifest = manifestText({ made, version, parts, missing, pseudonyms, isKeyKept, archive });
  return archived('scim-connector-bundle', [{ name: 'MANIFEST.md', text: manifest }, ...parts], made);
}
