import { type FreshDatabase, type FreshOptions, freshDatabase } from './fresh-database.ts';
import { needsPostgres } from './installed.ts';
import { PostgresServer, type ServerOptions } from './server.ts';

/** An empty database for each test of the suite, on the server that all share; call inside `describe`. */
export function postgresDatabase(options?: FreshOptions): { readonly fresh: FreshDatabase } {
  let fresh: FreshDatabase | undefined;
  before(needsPostgres);
  beforeEach(async () => {
    fresh = await freshDatabase(options);
  });
  afterEach(async () => {
    await fresh?.drop();
    fresh = undefined;
  });
  return {
    get fresh() {
      if (!fresh) throw new Error('the database is made in beforeEach()');
      return fresh;
    },
  };
}

/** The suite's own server, which may be stopped and frozen; call inside `describe`. */
export function postgresServer(options?: ServerOptions): { readonly server: PostgresServer } {
  let server: PostgresServer | undefined;
  before(needsPostgres);
  before(async function start() {
    const started = await PostgresServer.start(options);
    server = started;
    // Declared now, it comes after what the suite declares, which may need the server.
    this.test?.parent?.afterAll('remove the server', () => started.remove());
  });
  return {
    get server() {
      if (!server) throw new Error('the server is started in before()');
      return server;
    },
  };
}
