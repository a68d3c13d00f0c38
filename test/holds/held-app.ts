import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend, Call } from '../../connector/backend/backend.ts';
import { SqliteBackend } from '../../connector/backend/sqlite/sqlite-backend.ts';
import { DeskFile } from '../../connector/holds/file/desk-file.ts';
import { LedgerFile } from '../../connector/holds/file/ledger-file.ts';
import { Gates } from '../../connector/holds/gates.ts';
import type { Hold } from '../../connector/holds/ledger.ts';
import type { Limits } from '../../connector/holds/limits.ts';
import { ScimError } from '../../connector/scim/error.ts';
import type { Attributes } from '../../connector/scim/resource.ts';
import { resourceTypes } from '../../connector/scim/schema/resource-type.ts';
import { guardedService } from '../../connector/service/assemble-service.ts';
import { defaultPolicy } from '../../connector/service/policy.ts';
import type { Service } from '../../connector/service/service.ts';

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
  readonly file = join(this.folder, 'holds.db');
  readonly tripped: Hold[] = [];
  /** Unit: ms since 1970. */
  now = Date.UTC(2026, 0, 5);
  backend!: SqliteBackend;
  readonly gates: Gates[] = [];

  async start(): Promise<void> {
    this.backend = new SqliteBackend({ file: join(this.folder, 'people.db'), passwords: 'hash' });
    await this.backend.open();
  }

  /** A connector that serves an app, as if in a process of its own. */
  serve(limits: Partial<Limits> = {}, app = 'hr', backend: Backend = this.backend): Service {
    const now = (): number => this.now;
    const ledger = new LedgerFile({ file: this.file, now });
    const gates = new Gates({ ledger, now, onTrip: (hold) => this.tripped.push(hold) });
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

  desk<T>(work: (desk: DeskFile) => T): T {
    const desk = new DeskFile(this.file, () => this.now);
    try {
      return work(desk);
    } finally {
      desk.close();
    }
  }

  async stop(): Promise<void> {
    for (const gates of this.gates) await gates.close();
    await this.backend.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A new one for each test of the running suite. */
export function heldApps(): { readonly apps: HeldApps } {
  let apps!: HeldApps;
  beforeEach(async () => {
    apps = new HeldApps();
    await apps.start();
  });
  afterEach(() => apps.stop());
  return {
    get apps() {
      return apps;
    },
  };
}

export const deactivate = (service: Service, id: string): Promise<unknown> =>
  service.patch(call, User, id, patch({ active: false }));
