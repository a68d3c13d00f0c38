import { hostname } from 'node:os';
import type { Notices } from '../log/notices.ts';
import { Database } from '../postgres/database.ts';
import { migrate } from '../postgres/migrate.ts';
import { ScimError } from '../scim/error.ts';
import { nodeId } from '../state/node-id.ts';
import type { SharedState, StateConfig } from './shared-state.ts';
import { STEPS } from './steps.ts';

/** Longest that a statement about state may run: what waits for it has a deadline of its own. Unit: ms. */
const DEADLINE = 5000;
/** At a start: another connector may be making the tables at this moment. Unit: ms. */
const PATIENCE = 30_000;

function named(error: unknown): unknown {
  if (!(error instanceof ScimError)) return error;
  const { fault, retryAfter, reason, message } = error;
  return new ScimError(reason, `the database of state = "postgres": ${message.replace(/^PostgreSQL: /, '')}`, {
    cause: error,
    ...(fault === undefined ? {} : { fault }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

/** @throws unavailable  it cannot be reached, is a newer program's, or its role may not do what is needed */
export async function openDatabase(
  { state: { postgres }, state_dir: stateDir }: StateConfig,
  log?: Pick<Notices, 'warn'>,
): Promise<SharedState> {
  const { schema } = postgres;
  const database = new Database(postgres, { schema, deadline: DEADLINE, log });
  try {
    await database.open();
    await migrate(database, { signal: AbortSignal.timeout(PATIENCE) }, schema, STEPS);
    return { database, node: nodeId(stateDir), nodeName: hostname(), close: () => database.close() };
  } catch (error) {
    await database.close();
    throw named(error);
  }
}
