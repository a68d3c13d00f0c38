import type { Config } from '../config/config.ts';
import type { Journal } from '../journal/journal.ts';
import type { Bounds } from '../journal/pruning.ts';
import type { JournalStart } from '../journal/start-journal.ts';
import { logEvent } from '../log/event.ts';
import type { Log } from '../log/log.ts';
import { type Alarms, noticesTo } from '../log/notices.ts';
import { SecretStore } from '../secrets/secret-store.ts';
import type { SharedState } from '../shared-state/shared-state.ts';

/** Undefined, with a line in the log, when there is none. @throws CredentialError where it is required */
function auditKey({ state_dir, audit }: Config, log: Log): Buffer | undefined {
  try {
    return new SecretStore(state_dir).derivedKey('audit');
  } catch (error) {
    if (audit.required) throw error;
    logEvent(log, 'auditFails', { detail: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

/** Until it is known who lives. Unit: ms. */
const PATIENCE = 5000;

/** Loaded only where several connectors share a database. */
async function sharing(
  { database, node, nodeName }: SharedState,
  bounds: Bounds,
  log: Alarms,
): Promise<Pick<JournalStart, 'node' | 'copying' | 'adopting'>> {
  const [{ sharedIn }, { readNodes }] = await Promise.all([
    import('../journal/postgres/share.ts'),
    import('../shared-state/node-table.ts'),
  ]);
  const liveNodes = async (): Promise<ReadonlySet<string>> =>
    new Set((await readNodes(database, { signal: AbortSignal.timeout(PATIENCE) })).map(({ id }) => id));
  return {
    node: nodeName,
    copying: sharedIn(database, { node, name: nodeName }, bounds, log),
    adopting: { node, liveNodes },
  };
}

/** Connectors that share a journal hash alike, or a name would lead to the records of one of them alone. @throws unavailable */
async function shareHash(config: Config, { database, nodeName }: SharedState): Promise<void> {
  const [{ SealedValues, secretsOf }, { openSharedKeys }, { shareKey }, { journalFile }] = await Promise.all([
    import('../shared-state/sealed-values.ts'),
    import('../shared-state/shared-keys.ts'),
    import('../journal/values/value-hash.ts'),
    import('../journal/file/open-journal.ts'),
  ]);
  const keys = await openSharedKeys(new SealedValues(database, secretsOf(config), nodeName));
  shareKey(journalFile(config.state_dir), keys.derivedKey('journal'));
}

/** Loaded only where one is kept. @throws CredentialError the key of the audit log cannot be had, and it is required */
export async function openJournal(config: Config, log: Log, shared?: SharedState): Promise<Journal | undefined> {
  const { state_dir: stateDir, journal, audit } = config;
  if (!journal.enabled) return undefined;
  const [{ startJournal }, { AuditKeeper }] = await Promise.all([
    import('../journal/start-journal.ts'),
    import('../journal/audit-keeper.ts'),
  ]);
  const key = auditKey(config, log);
  const keeper = key && new AuditKeeper({ stateDir, key, maxAge: audit.max_age, log });
  const { values, max_age: maxAge, max_size: maxSize } = journal;
  const notices = noticesTo(log);
  if (shared && values === 'hashed') await shareHash(config, shared);
  return startJournal({
    ...{ stateDir, values, maxAge, maxSize, required: audit.required, log: notices },
    ...(shared ? await sharing(shared, { maxAge, maxSize }, notices) : {}),
    ...(key ? { auditKey: key } : {}),
    onClose: () => keeper?.close(),
  });
}
