import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSharedState } from '../../../connector/shared-state/open-shared-state.ts';
import type { SharedState } from '../../../connector/shared-state/shared-state.ts';
import { TcpRelay } from '../tcp-relay.ts';
import { settingsFor } from './fresh-database.ts';
import { postgresDatabase } from './suite.ts';

/** One of several connectors of one database, with a state folder of its own. */
export interface Node extends SharedState {
  readonly stateDir: string;
  /** Between it and the database. */
  readonly relay: TcpRelay;
}

const SCHEMA = 'scim_state';

async function openNode(database: string, port: number): Promise<Node> {
  const stateDir = mkdtempSync(join(tmpdir(), 'scim-node-'));
  const relay = await new TcpRelay(port).listen();
  const postgres = { ...settingsFor(relay.port, database), schema: SCHEMA };
  const shared = await openSharedState({ state_dir: stateDir, state: { backend: 'postgres', postgres } });
  if (!shared) throw new Error('state is in files');
  return {
    ...shared,
    stateDir,
    relay,
    close: async () => {
      await shared.close();
      await relay.close();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

/** A new database for each test of the suite, and two that share it; call inside `describe`. */
export function twoNodes(): {
  readonly a: Node;
  readonly b: Node;
  readonly database: ReturnType<typeof postgresDatabase>;
} {
  const database = postgresDatabase({ schemas: [SCHEMA] });
  const nodes: Node[] = [];
  beforeEach(async () => {
    const { name, url } = database.fresh;
    const port = Number(/:(\d+)\//.exec(url)?.[1]);
    // At once: each may be the first.
    nodes.push(...(await Promise.all([openNode(name, port), openNode(name, port)])));
  });
  afterEach(async () => {
    await Promise.all(nodes.splice(0).map((node) => node.close()));
  });
  const of = (index: number): Node => {
    const node = nodes[index];
    if (!node) throw new Error('nodes are made in beforeEach()');
    return node;
  };
  return {
    database,
    get a() {
      return of(0);
    },
    get b() {
      return of(1);
    },
  };
}
