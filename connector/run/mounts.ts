import { Authenticator } from '../auth/authenticator.ts';
import type { CredentialStore } from '../auth/credentials/credential-store.ts';
import type { TokenParts } from '../auth/method.ts';
import { methodKind } from '../auth/methods.ts';
import type { Throttle } from '../auth/throttle.ts';
import type { Backend } from '../backend/backend.ts';
import { typesOf } from '../backend/module/app-settings.ts';
import { backendKey, createBackend } from '../backend/registry.ts';
import type { App, Config } from '../config/config.ts';
import { type Entitlements, entitlementsOf } from '../entitlements/entitlements.ts';
import type { Published } from '../entitlements/published.ts';
import type { Gates } from '../holds/gates.ts';
import type { Mount } from '../http/mount.ts';
import type { Notices } from '../log/notices.ts';
import type { Cursors } from '../protocol/cursors.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { spokenAt } from '../protocol/protocols.ts';
import type { ScimError } from '../scim/error.ts';
import { type ResourceTypes, withUnknownManagers } from '../scim/schema/resource-type.ts';
import { assembleServices } from '../service/assemble-service.ts';
import { isExamination } from '../service/examination.ts';
import type { FirstReplies } from '../service/first-replies.ts';
import type { Observer } from '../service/observer.ts';
import type { TrailSource } from '../service/operation-recorder.ts';
import type { Policy } from '../service/policy.ts';
import { offerOf, policyOf } from './app-rules.ts';
import { cursorsOf } from './cursors-of.ts';
import { ownOrigin } from './own-origin.ts';
import { surroundingsOf } from './surroundings-of.ts';
import { type SharedTokens, TokenKeeping } from './token-keeping.ts';

/** What all mounts share. */
export interface MountParts {
  readonly credentials: CredentialStore;
  readonly throttle: Throttle;
  readonly log: Notices;
  /** Told of every operation. */
  readonly observer: Observer;
  /** Where stores tell what they write. */
  readonly trails?: TrailSource | undefined;
  /** What the writes of each app pass. */
  readonly gates?: Gates | undefined;
  /** Who has heard of what was made in an app, where several connectors know it together. */
  readonly replies?: ((app: string) => FirstReplies) | undefined;
  /** Remembers what clients have read of what people can be given. */
  readonly published?: Published | undefined;
  /** What connectors of one database make and take access tokens and cursors with; absent: each its own. */
  readonly tokens?: SharedTokens | undefined;
  /** Why an app is not served here for now. */
  readonly refusalOf?: ((app: string) => ScimError | undefined) | undefined;
  /** Is told of apps before they are served. @throws what stands in the way */
  readonly beforeServing?: ((apps: readonly App[]) => Promise<void>) | undefined;
  /** Is told of a store that has been opened, before anybody asks it for anything. */
  readonly onOpen?: ((backend: Backend) => Promise<void>) | undefined;
  /** Is told which store an app is served from now on. */
  readonly onServe?: ((app: string, backend: Backend) => void) | undefined;
}

function createMounts(
  config: Config,
  app: App,
  backend: Backend,
  parts: MountParts,
  cursors: Cursors,
  tokens: TokenParts,
): readonly Mount[] {
  const { credentials, throttle, log } = parts;
  const method = methodKind(app.auth.method).create(app.auth, { app: app.name, store: credentials, tokens, log });
  return mountsOf(config, app, backend, new Authenticator({ method, app: app.name, throttle, log }), {
    ...parts,
    cursors,
  });
}

/** The schema as it is spoken in a protocol, by the rules of the app. */
function spokenTypes(protocol: Protocol, declared: ResourceTypes, { unknownManager }: Policy): ResourceTypes {
  const types = protocol.view(declared);
  return unknownManager === 'keep' ? withUnknownManagers(types) : types;
}

/** What people can be given, and is remembered when a client reads it. */
function publishedOf({ name, entitlements }: App, backend: Backend, published?: Published): Entitlements {
  const known = entitlementsOf(entitlements, backend);
  return published ? published.of(name, known, (call) => !isExamination(call)) : known;
}

/** An app on an open store, and who may call it: where each protocol that it is served by can be reached. */
export function mountsOf(
  config: Config,
  app: App,
  backend: Backend,
  authenticator: Authenticator,
  {
    observer,
    trails,
    gates,
    replies,
    cursors,
    published,
    refusalOf,
  }: Pick<MountParts, 'observer' | 'trails' | 'gates' | 'replies' | 'published' | 'refusalOf'> & {
    readonly cursors?: Cursors;
  },
): readonly Mount[] {
  const declared = typesOf(app);
  const gate = gates?.of(app.name, app.limits);
  const serviceBy = assembleServices(backend, { app: app.name, observer, trails, gate, replies: replies?.(app.name) });
  const spoken = spokenAt(app);
  const isOwnOrigin = ownOrigin(config);
  const entitlements = publishedOf(app, backend, published);
  return spoken.map(({ protocol, path }) => {
    const offer = offerOf(config, app, backend, protocol.version);
    const policy = policyOf(app, declared, protocol.version);
    return {
      app: app.name,
      path,
      protocol,
      spoken,
      types: spokenTypes(protocol, declared, policy),
      kept: (type) => backend.kept?.(type) ?? type,
      ...(entitlements.length > 0 ? { entitlements } : {}),
      ...serviceBy(policy),
      authenticator,
      ...(refusalOf ? { refusal: () => refusalOf(app.name) } : {}),
      offer,
      rules: {
        filter: offer.filter,
        sort: offer.sort,
        incrementalOverlap: app.incremental_overlap,
        ...(cursors ? { cursors } : {}),
      },
      dialect: app.dialect,
      patchReply: protocol.version === '1.1' ? 'all' : app.patch_reply,
      ...(config.server.base_url === undefined ? {} : { externalOrigin: config.server.base_url }),
      isOwnOrigin,
    };
  });
}

/** The apps that are served now, and their open stores. */
export class Mounts {
  readonly #parts: MountParts;
  readonly #tokens: TokenKeeping;
  #backends = new Map<string, Backend>();
  #current: readonly Mount[] = [];
  #stores: Mounts['stores'] = [];

  constructor(parts: MountParts) {
    this.#parts = parts;
    this.#tokens = new TokenKeeping(parts.log, parts.tokens);
  }

  get current(): readonly Mount[] {
    return this.#current;
  }

  /** The stores of the apps, in their order. Apps with the same settings have one together. */
  get stores(): readonly { readonly app: string; readonly backend: Backend }[] {
    return this.#stores;
  }

  /**
   * Serves the apps of `config` from now on. Stores whose settings are the same stay open; when one cannot be opened,
   * everything stays as it was.
   * @throws unavailable naming the store
   */
  async use(config: Config): Promise<void> {
    const next = new Map<string, Backend>();
    const opened: Backend[] = [];
    const cursorsBy = cursorsOf(config, this.#parts.log, this.#parts.tokens?.keys);
    const tokensBy = this.#tokens.under(config);
    let current: readonly Mount[];
    try {
      for (const app of config.apps) {
        const key = backendKey(app);
        const running = this.#backends.get(key) ?? next.get(key);
        const backend = running ?? (await createBackend(app, surroundingsOf(config, this.#parts.log)));
        if (!running) {
          await backend.open();
          opened.push(backend);
          await this.#parts.onOpen?.(backend);
        }
        next.set(key, backend);
      }
      current = config.apps.flatMap((app) =>
        createMounts(
          config,
          app,
          next.get(backendKey(app)) as Backend,
          this.#parts,
          cursorsBy(app.name),
          tokensBy(app.name),
        ),
      );
      await this.#parts.beforeServing?.(config.apps);
    } catch (error) {
      await Promise.all(opened.map((backend) => backend.close()));
      throw error;
    }
    this.#current = current;
    for (const app of config.apps) this.#parts.onServe?.(app.name, next.get(backendKey(app)) as Backend);
    this.#stores = config.apps.map((app) => ({ app: app.name, backend: next.get(backendKey(app)) as Backend }));
    const retired = [...this.#backends].filter(([key]) => !next.has(key)).map(([, backend]) => backend);
    this.#backends = next;
    await Promise.all(retired.map((backend) => backend.close()));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#backends.values()].map((backend) => backend.close()));
  }
}
