import { HoldWatch } from '../alerts/watch/hold-watch.ts';
import type { Config } from '../config/config.ts';
import { Gates } from '../holds/gates.ts';
import type { Caller, Ledger } from '../holds/ledger.ts';
import type { Log } from '../log/log.ts';
import type { SharedState } from '../shared-state/shared-state.ts';
import { tellLeftHolds } from './left-holds.ts';

/** How often it is looked for what another process, another connector or an operator has decided. Unit: ms. */
const LOOK_EVERY = 2000;
const PRUNE_EVERY = 3_600_000;
/** How long an answer is waited for that nobody has asked for. Unit: ms. */
const PATIENCE = 5000;

const soon = (): Caller => ({ signal: AbortSignal.timeout(PATIENCE) });

/** What the writes of all apps pass, and who is told of it. */
export class KeptGates {
  readonly gates: Gates;
  readonly #watch: HoldWatch;
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(gates: Gates, watch: HoldWatch) {
    this.gates = gates;
    this.#watch = watch;
  }

  start(): void {
    // Writes say what is wrong, where something is.
    const prune = (): Promise<void> => this.gates.prune(soon()).catch(() => {});
    const look = (): Promise<void> => this.#watch.look();
    this.#timers.push(setInterval(look, LOOK_EVERY).unref(), setInterval(prune, PRUNE_EVERY).unref());
    void look();
    void prune();
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.gates.close();
  }
}

/** In the state folder, where the file is made when the first write asks; or where several connectors have it together. */
async function ledgerOf({ state_dir: stateDir }: Config, shared: SharedState | undefined): Promise<Ledger> {
  if (shared) {
    const { LedgerTables } = await import('../holds/postgres/ledger-tables.ts');
    return new LedgerTables(shared.database);
  }
  const [{ LedgerFile }, { holdsFile }] = await Promise.all([
    import('../holds/file/ledger-file.ts'),
    import('../holds/file/open-holds.ts'),
  ]);
  return new LedgerFile({ file: holdsFile(stateDir) });
}

/** What is counted and held. */
export async function openGates(config: Config, log: Log, shared?: SharedState): Promise<KeptGates> {
  if (shared) await tellLeftHolds(config, log);
  const ledger = await ledgerOf(config, shared);
  const watch = new HoldWatch({ log, holds: () => ledger.holds(soon()) });
  return new KeptGates(new Gates({ ledger, onTrip: () => watch.look() }), watch);
}
