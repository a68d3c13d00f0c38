import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Call, Catalogue } from '../backend/backend.ts';
import type { Page, Query } from '../scim/query.ts';
import type { Resource } from '../scim/resource.ts';
import { dropPartial, partialOf } from '../state/partial-file.ts';
import { readIfPresent } from '../state/private-file.ts';
import type { Entitlements } from './entitlements.ts';

/** Under which name each entitlement was read first: by app, type and id. */
export type FirstNames = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

export const publishedFile = (stateDir: string): string => join(stateDir, 'published-entitlements.json');

/** Of one type; more are not what somebody chooses from. */
const MOST = 100_000;

/** Nothing depends on it but what `check` remembers: what cannot be read is as good as nothing. */
export function readFirstNames(stateDir: string): FirstNames {
  try {
    const read: unknown = JSON.parse(readIfPresent(publishedFile(stateDir)) ?? '{}');
    return typeof read === 'object' && read !== null ? (read as FirstNames) : {};
  } catch {
    return {};
  }
}

/**
 * Remembers what clients have read of catalogues: Okta keeps ids and names as it read them first, whatever they are called
 * later (docs/entitlements.md).
 */
export class Published {
  readonly #stateDir: string;
  readonly #names: Map<string, Map<string, string>>;
  #isChanged = false;
  #writing: Promise<void> | undefined;

  constructor(stateDir: string) {
    this.#stateDir = stateDir;
    const kept = Object.entries(readFirstNames(stateDir)).flatMap(([app, types]) =>
      Object.entries(types).map(([type, names]) => [keyOf(app, type), new Map(Object.entries(names))] as const),
    );
    this.#names = new Map(kept);
  }

  /** `entitlements`, whose lists are remembered when they are read. */
  of(app: string, entitlements: Entitlements, isPublished: (call: Call) => boolean): Entitlements {
    return entitlements.map(({ catalogue, ...kind }) => {
      const list = async (call: Call, query: Pick<Query, 'filter' | 'offset' | 'limit'>): Promise<Page> => {
        const page = await catalogue.list(call, query);
        if (isPublished(call)) this.#learn(app, kind.type.name, page.resources);
        return page;
      };
      const told: Catalogue = { find: (call, ids) => catalogue.find(call, ids), list };
      return { ...kind, catalogue: told };
    });
  }

  /** Until all that was learnt is in the file, or cannot be written. */
  async settled(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  #learn(app: string, type: string, resources: readonly Resource[]): void {
    const key = keyOf(app, type);
    const names = this.#names.get(key) ?? new Map<string, string>();
    this.#names.set(key, names);
    for (const { id, attributes } of resources) {
      if (names.has(id) || names.size >= MOST) continue;
      names.set(id, String(attributes['displayName'] ?? id));
      this.#isChanged = true;
    }
    if (this.#isChanged) this.#writing ??= this.#write();
  }

  /** What comes meanwhile is written by the same one. */
  async #write(): Promise<void> {
    const file = publishedFile(this.#stateDir);
    try {
      while (this.#isChanged) {
        this.#isChanged = false;
        const partial = partialOf(file);
        try {
          await writeFile(partial, JSON.stringify(this.#document()), { mode: 0o600 });
          await rename(partial, file);
        } finally {
          dropPartial(partial);
        }
      }
    } catch {
      // Learnt again after the next start.
    } finally {
      this.#writing = undefined;
    }
  }

  #document(): FirstNames {
    const apps: Record<string, Record<string, Record<string, string>>> = {};
    for (const [key, names] of this.#names) {
      const [app = '', type = ''] = key.split('\n');
      apps[app] ??= {};
      (apps[app] as Record<string, Record<string, string>>)[type] = Object.fromEntries(names);
    }
    return apps;
  }
}

const keyOf = (app: string, type: string): string => `${app}\n${type}`;
