import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend, Call } from '../../connector/backend/backend.ts';
import { SqliteBackend } from '../../connector/backend/sqlite/sqlite-backend.ts';
import type { Desk } from '../../connector/holds/desk.ts';
import { Gates } from '../../connector/holds/gates.ts';
import type { Hold } from '../../connector/holds/ledger.ts';
import type { Limits } from '../../connector/holds/limits.ts';
import { ScimError } from '../../connector/scim/error.ts';
import type { Attributes } from '../../connector/scim/resource.ts';
import { resourceTypes } from '../../connector/scim/schema/resource-type.ts';
import { guardedService } from '../../connector/service/assemble-service.ts';
import { defaultPolicy } from '../../connector/service/policy.ts';
import type { Service } from '../../connector/service/service.ts';
import { needsPostgres } from '../support/postgres/installed.ts';
import { FilePlace, type Place, PostgresPlace } from './places.ts';

export const { User, Group } = resourceTypes();

export const call: Call = { requestId: 'test', actor: 'okta', signal: new AbortController().signal };

export const draft = (attributes: Attributes) => ({ attributes, cleared: [], ignored: [] });

export const patch = (attributes: Attributes, deletions: readonly string[] = []) => ({
  ...draft(attributes),
  removals: [],
  deletions: deletions.map((value) => ({ path: { attribute: 'members' }, element: { value } })),
});

const HOUR = 3_600_000;

export const DEFAULTS: Limits = {
  enabled: true,
  window: 24 * HOUR,
  deactivations: { count: 50, percent: 5 },
  deletions: { count: 50, percent: 5 },
  removals: { count: 50, percent: 30 },
  emptied_groups: { count: 20, percent: 10 },
  renames: { count: 50, percent: 5 },
  overwrites: { count: 500, percent: 40 },
};

/** What became of a write: "done", or the refusal's fault. */
export async function outcomeOf(write: Promise<unknown>): Promise<string> {
  try {
    await write;
    return 'done';
  } catch (error) {
    if (error instanceof ScimError) return error.fault ?? error.reason;
    throw error;
  }
}

/** A store with people, and apps on it that share a state folder, as processes of one connector do. */
export class HeldApps {
  readonly folder = mkdtempSync(join(tmpdir(), 'holds-'));
  readonly tripped: Hold[] = [];
  readonly place: Place;
  backend!: SqliteBackend;
  readonly gates: Gates[] = [];

  constructor(placeIn: (folder: string) => Place) {
    this.place = placeIn(this.folder);
  }

  async start(): Promise<void> {
    await this.place.open();
    this.backend = new SqliteBackend({ file: join(this.folder, 'people.db'), passwords: 'hash' });
    await this.backend.open();
  }

  /** A connector that serves an app, as if in a process of its own. */
  serve(limits: Partial<Limits> = {}, app = 'hr', backend: Backend = this.backend): Service {
    const gates = new Gates({
      ledger: this.place.ledger(),
      now: this.place.clock,
      onTrip: (hold) => this.tripped.push(hold),
    });
    this.gates.push(gates);
    return guardedService(backend, defaultPolicy, gates.of(app, { ...DEFAULTS, ...limits }));
  }

  async people(count: number, more: (n: number) => Attributes = () => ({})): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const attributes = { userName: `person${ids.length}.${Math.random()}`, active: true, ...more(n) };
      ids.push((await this.backend.create(call, User, attributes)).id);
    }
    return ids;
  }

  async group(name: string, members: readonly string[]): Promise<string> {
    const attributes = { displayName: name, members: members.map((value) => ({ value })) };
    return (await this.backend.create(call, Group, attributes)).id;
  }

  async size(group: string): Promise<number> {
    const { attributes } = await this.backend.get(call, Group, group);
    return ((attributes['members'] ?? []) as readonly unknown[]).length;
  }

  async desk<T>(work: (desk: Desk) => T | Promise<T>): Promise<T> {
    const desk = this.place.desk();
    try {
      return await work(desk);
    } finally {
      await desk.close();
    }
  }

  async stop(): Promise<void> {
    for (const gates of this.gates) await gates.close();
    await this.backend.close();
    await this.place.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A new one for each test of the running suite. */
export function heldApps<P extends Place = FilePlace>(
  placeIn: (folder: string) => P = (folder) => new FilePlace(folder) as Place as P,
): { readonly apps: HeldApps & { readonly place: P } } {
  let apps!: HeldApps & { readonly place: P };
  beforeEach(async () => {
    apps = new HeldApps(placeIn) as HeldApps & { readonly place: P };
    await apps.start();
  });
  afterEach(() => apps.stop());
  return {
    get apps() {
      return apps;
    },
  };
}

/** The same of holds in a file and of holds in a database. */
export function whereverTheyAreKept(title: string, suite: (held: { readonly apps: HeldApps }) => void): void {
  describe(`${title} in a file`, () => suite(heldApps()));
  describe(`${title} in PostgreSQL`, () => {
    before(needsPostgres);
    suite(heldApps(() => new PostgresPlace()));
  });
}

export const deactivate = (service: Service, id: string): Promise<unknown> =>
  service.patch(call, User, id, patch({ active: false }));
