import { PostgresBackend } from '../../../connector/backend/postgres/postgres-backend.ts';
import { peopleDatabase } from '../../support/postgres/people-database.ts';

/** An empty store, opened; its database is the next one's when it is closed. */
export async function openedPeople(): Promise<PostgresBackend> {
  const { settings, giveBack } = await peopleDatabase();
  const backend = new PostgresBackend(settings);
  await backend.open();
  const { close } = backend;
  backend.close = async () => {
    await close.call(backend);
    await giveBack();
  };
  return backend;
}
