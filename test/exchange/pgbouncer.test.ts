import { PostgresBackend } from '../../connector/backend/postgres/postgres-backend.ts';
import { isPackaged } from '../support/cli.ts';
import { settingsFor } from '../support/postgres/fresh-database.ts';
import { needsPostgres } from '../support/postgres/installed.ts';
import { type PeopleDatabase, peopleDatabase } from '../support/postgres/people-database.ts';
import { sharedServer } from '../support/postgres/shared-server.ts';
import { type StartOptions, startServer, type TestServer } from '../support/start-server.ts';
import { recorded, recordedIn, replayed } from './replay.ts';

/** In transaction mode each transaction may meet another connection of the server: nothing may depend on what one remembers. */
if (!isPackaged)
  describe('exchanges on PostgreSQL through pgbouncer', () => {
    let people: PeopleDatabase | undefined;
    let server: TestServer | undefined;
    before(needsPostgres);

    afterEach(async () => {
      await server?.close();
      await people?.giveBack();
      server = undefined;
      people = undefined;
    });

    async function start(options: StartOptions): Promise<TestServer> {
      people = await peopleDatabase();
      const { poolerPort } = await sharedServer();
      const { url } = settingsFor(poolerPort, people.fresh.name);
      server = await startServer({ ...options, backend: new PostgresBackend({ ...people.settings, url: url ?? '' }) });
      return server;
    }

    for (const conversation of recorded) {
      it(conversation.description, async () => {
        await replayed((await start({ policy: { put: conversation.put } })).url, conversation);
      });
    }

    for (const conversation of recordedIn('scim-2.0')) {
      it(`in SCIM 2.0 ${conversation.description}`, async () => {
        const { put, dialect = 'compatible' } = conversation;
        await replayed((await start({ version: '2.0', dialect, policy: { put } })).url, conversation);
      });
    }
  });
