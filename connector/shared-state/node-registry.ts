import { randomUUID } from 'node:crypto';
import type { App } from '../config/config.ts';
import type { Alarms } from '../log/notices.ts';
import type { ScimError } from '../scim/error.ts';
import { nodeIdFile } from '../state/node-id.ts';
import { mappingRefusal } from './mapping-refusal.ts';
import { digestOf, mappingWords } from './mapping-words.ts';
import { type Heard, NodeIdTwice, type Told, tellEnd, tellLife, tellMapping } from './node-table.ts';
import type { SharedState } from './shared-state.ts';
import type { SharingStatus } from './sharing-status.ts';

/** Unit of all: ms. */
const TELL_EVERY = 5000;
const PATIENCE = 4000;

export interface NodeRegistryOptions {
  readonly shared: SharedState;
  readonly stateDir: string;
  /** Of the program. */
  readonly version: string;
  readonly log: Alarms;
  /** Unit: ms. */
  readonly tellEvery?: number;
}

const soon = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(PATIENCE) });

/** Tells the others of this connector, and hears which apps it may serve beside them. */
export class NodeRegistry {
  readonly #options: NodeRegistryOptions;
  readonly #told: Told;
  #apps: readonly App[] = [];
  /** They have not been told yet. */
  #isNews = true;
  #heard: Heard | undefined;
  #refusals: ReadonlyMap<string, ScimError> = new Map();
  #timer: NodeJS.Timeout | undefined;
  #telling: Promise<void> = Promise.resolve();
  /** Said once, not at every look. */
  #failure = '';

  constructor(options: NodeRegistryOptions) {
    this.#options = options;
    const { node: id, nodeName: name } = options.shared;
    this.#told = { id, run: randomUUID(), name, version: options.version };
  }

  /**
   * Serves `apps` from now on, if the others do not stand against it.
   * @throws unavailable  at the start alone: later, what could not be told is told when the database is back
   */
  async use(apps: readonly App[]): Promise<void> {
    this.#apps = apps;
    this.#isNews = true;
    if (this.#heard) await this.tell();
    else await this.#tellMapping(true);
  }

  /** From now on the others hear that this one lives. */
  start(): void {
    const { tellEvery = TELL_EVERY } = this.#options;
    this.#timer = setInterval(() => void this.tell(), tellEvery).unref();
  }

  /** Says that this one lives, and hears who else does. Never rejects. */
  tell(): Promise<void> {
    this.#telling = this.#telling.then(() => this.#tell());
    return this.#telling;
  }

  /** Why an app is not served here for now. */
  refusalOf(app: string): ScimError | undefined {
    return this.#refusals.get(app);
  }

  /** As the database told it last. */
  get status(): SharingStatus {
    const nodes = this.#heard ? [this.#heard.self, ...this.#heard.others] : [];
    return {
      nodes: nodes.map(({ id, name, version, started }) => ({
        ...{ name, version },
        started: new Date(started).toISOString(),
        isSelf: id === this.#told.id,
      })),
      refusals: Object.fromEntries([...this.#refusals].map(([app, { message }]) => [app, message])),
      ...(this.#failure === '' ? {} : { failure: this.#failure }),
    };
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#telling;
    if (this.#heard) await tellEnd(this.#options.shared.database, soon(), this.#told).catch(() => undefined);
  }

  async #tell(): Promise<void> {
    const { database } = this.#options.shared;
    try {
      const others = this.#isNews ? undefined : await tellLife(database, soon(), this.#told);
      if (others === undefined || !this.#heard) await this.#tellMapping(false);
      else this.#hear({ self: { ...this.#heard.self, seen: Date.now() }, others });
      this.#failure = '';
    } catch (error) {
      const text =
        error instanceof NodeIdTwice
          ? `another connector has the same id: remove ${nodeIdFile(this.#options.stateDir)} on the machine that is a copy, and restart there`
          : `the other connectors hear nothing of this one: ${(error as Error).message}`;
      if (this.#failure === '') this.#options.log.error(text);
      this.#failure = text;
    }
  }

  async #tellMapping(isStart: boolean): Promise<void> {
    const apps = this.#apps.map((app) => {
      const words = mappingWords(app);
      return [app.name, { words, digest: digestOf(words) }] as const;
    });
    const { database } = this.#options.shared;
    this.#hear(await tellMapping(database, soon(), this.#told, Object.fromEntries(apps), isStart));
    this.#isNews = false;
  }

  #hear(heard: Heard): void {
    this.#heard = heard;
    const refusals = new Map<string, ScimError>();
    for (const [name, app] of Object.entries(heard.self.apps)) {
      const refusal = mappingRefusal(name, { id: heard.self.id, app }, heard.others);
      if (refusal) refusals.set(name, refusal);
      if (refusal && this.#refusals.get(name)?.message !== refusal.message) this.#options.log.error(refusal.message);
      if (!refusal && this.#refusals.has(name)) this.#options.log.info(`app ${name}: served again`);
    }
    this.#refusals = refusals;
  }
}
