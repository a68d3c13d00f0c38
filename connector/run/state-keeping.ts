import type { CredentialStore } from '../auth/credentials/credential-store.ts';
import type { SharedThrottle } from '../auth/postgres/shared-throttle.ts';
import { Throttle } from '../auth/throttle.ts';
import type { App, Config } from '../config/config.ts';
import { Published } from '../entitlements/published.ts';
import type { Alarms } from '../log/notices.ts';
import type { NodeRegistry } from '../shared-state/node-registry.ts';
import { openSharedState } from '../shared-state/open-shared-state.ts';
import type { SharedState } from '../shared-state/shared-state.ts';
import type { SharingStatus } from '../shared-state/sharing-status.ts';
import type { SharedAuthority } from '../tls/own/shared-authority.ts';
import type { MountParts } from './mounts.ts';
import { openCredentials } from './open-credentials.ts';
import { openSharedSecrets, type SharedSecrets } from './open-shared-secrets.ts';

interface Parts {
  readonly shared: SharedState | undefined;
  readonly credentials: CredentialStore;
  readonly nodes: NodeRegistry | undefined;
  readonly secrets: SharedSecrets | undefined;
  readonly failures: SharedThrottle | undefined;
}

/** What a connector keeps beside the people: in its state folder, or in the database that several share. */
export class StateKeeping {
  readonly shared: SharedState | undefined;
  readonly credentials: CredentialStore;
  readonly #nodes: NodeRegistry | undefined;
  readonly #secrets: SharedSecrets | undefined;
  readonly #throttle: Throttle;
  readonly #failures: SharedThrottle | undefined;
  readonly #published: Published;

  private constructor({ state_dir }: Config, { shared, credentials, nodes, secrets, failures }: Parts) {
    this.#failures = failures;
    this.#throttle = new Throttle({ exchange: failures });
    this.shared = shared;
    this.credentials = credentials;
    this.#nodes = nodes;
    this.#secrets = secrets;
    this.#published = new Published(state_dir);
  }

  /**
   * @param version  of the program
   * @param isPassing  beside the service or in its place for a moment: others hear nothing of it
   * @throws CredentialError, unavailable
   */
  static async open(config: Config, log: Alarms, version: string, isPassing: boolean): Promise<StateKeeping> {
    const shared = await openSharedState(config, log);
    try {
      const nodes = shared && !isPassing ? await registryOf(config, shared, log, version) : undefined;
      const secrets = shared && (await openSharedSecrets(config, shared, log));
      const credentials = await openCredentials(config, log, shared, isPassing);
      const failures = shared && (await failuresOf(shared));
      return new StateKeeping(config, { shared, nodes, secrets, credentials, failures });
    } catch (error) {
      await shared?.close();
      throw error;
    }
  }

  /** What mounts need of it. */
  get ofMounts(): Pick<
    MountParts,
    'credentials' | 'throttle' | 'published' | 'tokens' | 'refusalOf' | 'beforeServing'
  > {
    const nodes = this.#nodes;
    return {
      credentials: this.credentials,
      throttle: this.#throttle,
      published: this.#published,
      ...(this.#secrets ? { tokens: this.#secrets } : {}),
      ...(nodes
        ? {
            refusalOf: (app: string) => nodes.refusalOf(app),
            beforeServing: (apps: readonly App[]) => nodes.use(apps),
          }
        : {}),
    };
  }

  /** Where all connectors have one CA; absent: this one has its own. */
  get authority(): SharedAuthority | undefined {
    return this.#secrets?.authority;
  }

  /** Those that share the database; absent: nobody does. */
  get status(): SharingStatus | undefined {
    return this.#nodes?.status;
  }

  /** The connector answers from now on. */
  start(): void {
    this.#nodes?.start();
    this.#failures?.start(this.#throttle);
  }

  /** Nobody asks for anything any more. */
  async close(): Promise<void> {
    await this.credentials.close();
    await this.#failures?.close();
    await this.#nodes?.close();
    await this.shared?.close();
  }
}

async function registryOf(
  { state_dir: stateDir }: Config,
  shared: SharedState,
  log: Alarms,
  version: string,
): Promise<NodeRegistry> {
  const { NodeRegistry } = await import('../shared-state/node-registry.ts');
  return new NodeRegistry({ shared, stateDir, version, log });
}

const failuresOf = async ({ database }: SharedState): Promise<SharedThrottle> =>
  new (await import('../auth/postgres/shared-throttle.ts')).SharedThrottle(database);
