import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../../connector/config/config.ts';
import { loadConfig } from '../../../connector/config/load/load.ts';
import { tomlKey, tomlValue } from '../../../connector/config/vocabulary/toml-value.ts';
import { Connector } from '../../../connector/run/connector.ts';
import { LinesLog } from '../lines-log.ts';
import type { Setting } from '../options-to-toml.ts';
import { send } from '../send.ts';
import type { Reply } from '../start-server.ts';
import { TcpRelay } from '../tcp-relay.ts';
import { type FreshDatabase, freshDatabase } from './fresh-database.ts';
import { needsPostgres } from './installed.ts';

const SCHEMA = 'scim_state';

/** A connector on a socket, with a state folder of its own and state in the database of both. */
export class SharingConnector {
  readonly config: Config;
  readonly log: LinesLog;
  /** Between it and the database. */
  readonly relay: TcpRelay;
  readonly #connector: Connector;

  constructor(connector: Connector, config: Config, log: LinesLog, relay: TcpRelay) {
    this.#connector = connector;
    this.config = config;
    this.log = log;
    this.relay = relay;
  }

  /** By SCIM 1.1. */
  request(method: string, path: string, body?: unknown): Promise<Reply> {
    return send(`${this.#connector.baseUrls[0]}${path}`, method, body);
  }

  close(): Promise<void> {
    return this.#connector.close();
  }
}

const lines = (prefix: readonly string[], settings: readonly Setting[]): readonly string[] =>
  settings
    .filter(([, value]) => value !== undefined)
    .map(([path, value]) => `${tomlKey([...prefix, ...path])} = ${tomlValue(value)}`);

async function start(
  folder: string,
  database: FreshDatabase,
  app: (folder: string) => Promise<readonly Setting[]>,
  others: readonly Setting[],
): Promise<SharingConnector> {
  const relay = await new TcpRelay(Number(/:(\d+)\//.exec(database.url)?.[1])).listen();
  const text = [
    'config_version = 1',
    ...lines(
      [],
      [
        [['state_dir'], 'state'],
        [['server', 'http'], true],
        [['server', 'listen'], '127.0.0.1:0'],
        [['state', 'backend'], 'postgres'],
        [['state', 'postgres', 'url'], database.url.replace(/:\d+\//, `:${relay.port}/`)],
        [['state', 'postgres', 'password'], { env: 'STATE_PASSWORD' }],
        [['state', 'postgres', 'sslmode'], 'disable'],
        ...others,
      ],
    ),
    ...lines(['apps', 'default'], [[['auth', 'method'], 'none'], ...(await app(folder))]),
  ].join('\n');
  const env = { STATE_PASSWORD: database.password };
  const { config } = await loadConfig({ text, file: join(folder, 'c.toml'), env });
  const log = new LinesLog();
  const connector = await Connector.open(config, log);
  await connector.listen();
  return new SharingConnector(connector, config, log, relay);
}

/**
 * Two connectors with the same app for each test of the suite; call inside `describe`.
 * @param others  settings of the connector
 */
export function twoConnectors(
  app: (folder: string) => Promise<readonly Setting[]>,
  others: readonly Setting[] = [],
): {
  readonly a: SharingConnector;
  readonly b: SharingConnector;
} {
  const folders: string[] = [];
  const connectors: SharingConnector[] = [];
  let database: FreshDatabase | undefined;
  before(needsPostgres);
  beforeEach(async () => {
    database = await freshDatabase({ schemas: [SCHEMA] });
    for (const _ of ['a', 'b']) {
      const folder = mkdtempSync(join(tmpdir(), 'scim-sharing-'));
      folders.push(folder);
      connectors.push(await start(folder, database, app, others));
    }
  });
  afterEach(async () => {
    for (const connector of connectors.splice(0)) {
      await connector.close();
      await connector.relay.close();
    }
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    await database?.drop();
  });
  const of = (index: number): SharingConnector => {
    const connector = connectors[index];
    if (!connector) throw new Error('connectors are started in beforeEach()');
    return connector;
  };
  return {
    get a() {
      return of(0);
    },
    get b() {
      return of(1);
    },
  };
}
