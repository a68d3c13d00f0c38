import { moduleNamed } from '../../backend/catalogue.ts';
import type { DatabaseRole } from '../../backend/module/database-role.ts';
import type { Config } from '../../config/config.ts';
import { addressOf, shownHost } from '../../postgres/address.ts';
import { grantsFor } from '../../postgres/grants.ts';

/** The SQL that makes the role of one server, for its administrator. */
export interface Grants {
  /** Its hosts. */
  readonly server: string;
  readonly user: string;
  readonly database: string;
  readonly sql: string;
}

/** What the shared state lies in has nothing for applications. */
function stateRoles({ state: { backend, postgres } }: Config): readonly DatabaseRole[] {
  const address = backend === 'files' ? undefined : addressOf(postgres.url ?? '');
  if (!address || 'complaint' in address) return [];
  const { user, database, hosts } = address;
  return [{ server: hosts.map(shownHost).join(','), user, database, schema: postgres.schema, views: [] }];
}

const keyOf = ({ server, user, database }: DatabaseRole): string => JSON.stringify([server, user, database]);

/** For every database that is configured: apps and state may share one, and its role. Nobody is asked. @throws invalidValue */
export async function grantsIn(config: Config): Promise<readonly Grants[]> {
  const ofApps = await Promise.all(config.apps.map((app) => moduleNamed(app.backend).role?.(app)));
  const roles = [...ofApps.filter((role) => role !== undefined), ...stateRoles(config)];
  const byRole = Map.groupBy(roles, keyOf);
  return [...byRole.values()].flatMap((together) => {
    const [first] = together;
    if (!first) return [];
    const { server, user, database } = first;
    const schemas = together.map(({ schema, views }) => ({ name: schema, views }));
    return [{ server, user, database, sql: grantsFor({ user, database, schemas }) }];
  });
}
