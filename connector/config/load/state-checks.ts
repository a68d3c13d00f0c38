import { connectionComplaints } from '../../postgres/complaints.ts';
import type { Config } from '../config.ts';
import type { Complaint } from '../vocabulary/complaint.ts';
import { setNames } from '../vocabulary/set-names.ts';
import { appDatabases } from './build-state.ts';

const STANDING = { schema: 'scim_state', pool_size: 10 };

const NO_DATABASE =
  'missing; state = "postgres" needs the database in [state.postgres], unless one app has backend = "postgres"';
const WHICH = 'missing; the apps have several databases: name the one that connectors share in [state.postgres]';

/** Where what connectors share is kept. */
export function* checkState({ state: { backend, postgres }, apps }: Config): Generator<Complaint> {
  if (backend === 'files') {
    for (const name of setNames(postgres, STANDING))
      yield {
        path: ['state', 'postgres', name],
        text: 'has no effect with state = "files"; set state = "postgres" or leave it out',
      };
    return;
  }
  if (postgres.url === undefined)
    yield { path: ['state', 'postgres', 'url'], text: appDatabases(apps).length > 1 ? WHICH : NO_DATABASE };
  // An app's own are its backend's to look at.
  else if (!appDatabases(apps).some(({ url }) => url === postgres.url))
    yield* connectionComplaints(postgres, ['state', 'postgres']);
}
