/** What `map test` does: the way of one person through the mapping, in either direction, and nothing is written. */

import { EXIT } from '../../../bin/cli/exit-codes.ts';
import { CommandError } from '../../../bin/cli/failure.ts';
import type { Backend, Call } from '../../backend/backend.ts';
import { openDirectory } from '../../backend/ldap/connection/directory.ts';
import { entryAt } from '../../backend/ldap/directory/entry-at.ts';
import { DryRunDirectory } from '../../backend/ldap/dry-run/dry-run-directory.ts';
import { formatLdif } from '../../backend/ldap/dry-run/ldif.ts';
import { branchOf, profileOf } from '../../backend/ldap/layout/tree.ts';
import { createLdapBackend, type LdapBackend } from '../../backend/ldap/ldap-backend.ts';
import { backendOptions, directoryOptions } from '../../backend/ldap/settings/settings.ts';
import { typesOf } from '../../backend/registry.ts';
import type { App } from '../../config/config.ts';
import { decodeResource } from '../../protocol/v1/decode.ts';
import { encodeResource, type Json } from '../../protocol/v1/encode.ts';
import { policyOf } from '../../run/mounts.ts';
import type { Resource } from '../../scim/resource.ts';
import type { ResourceType, TypeName } from '../../scim/schema/resource-type.ts';
import { ResourceService } from '../../service/resource-service.ts';

/** Unit: ms. */
const DEADLINE = 25_000;

interface Rehearsal {
  readonly backend: LdapBackend;
  readonly directory: DryRunDirectory;
}

async function inDryRun<T>(app: App, work: (run: Rehearsal) => Promise<T>): Promise<T> {
  const options = backendOptions(app);
  const real = await openDirectory(directoryOptions(app.ldap));
  try {
    const profile = profileOf(options, await real.rootDse(AbortSignal.timeout(DEADLINE)));
    const directory = new DryRunDirectory(real, profile);
    const backend = createLdapBackend(options, async () => directory, typesOf(app));
    await backend.open();
    return await work({ backend, directory });
  } finally {
    await real.close();
  }
}

const call = (): Call => ({ requestId: 'map test', actor: 'map test', signal: AbortSignal.timeout(DEADLINE) });

async function named(backend: Backend, type: ResourceType, name: string): Promise<Resource | undefined> {
  const attribute = type.attributes.find((one) => one.unique && one.name !== 'id');
  if (!attribute) return undefined;
  const filter = { kind: 'compare', path: { attribute }, op: 'eq', value: name } as const;
  const { resources } = await backend.list(call(), type, { filter, offset: 0, limit: 1 });
  return resources[0];
}

const shown = (type: ResourceType, resource: Resource): Json =>
  encodeResource(type, resource, { baseUrl: '', versions: true });

export interface DryRun {
  /** What would be sent; empty when nothing would change. */
  readonly ldif: string;
  /** What the connector would answer. */
  readonly resource: Json;
  readonly existed: boolean;
}

/** A body as Okta sends it → the LDAP operations of the POST, or of the PUT when the name is taken already. */
export async function operationsOf(app: App, typeName: TypeName, body: unknown): Promise<DryRun> {
  const type = typesOf(app)[typeName];
  const draft = decodeResource(type, body, { strict: app.strict });
  const name = draft.attributes[type.naturalKey];
  return inDryRun(app, async ({ backend, directory }) => {
    const service = new ResourceService(backend, policyOf(app, typesOf(app)));
    const existing = typeof name === 'string' ? await named(backend, type, name) : undefined;
    const resource = existing
      ? (await service.replace(call(), type, existing.id, draft)).resource
      : await service.create(call(), type, draft);
    return { ldif: formatLdif(directory.operations), resource: shown(type, resource), existed: existing !== undefined };
  });
}

/** The name that the connector calls the entry by. @throws CommandError where nothing is to be seen */
async function nameAt({ backend, directory }: Rehearsal, typeName: TypeName, dn: string): Promise<string> {
  const { natural } = branchOf(backend.tree, typeName);
  const entry = await directory.read(call().signal, (session) => entryAt(session, dn, { attributes: [natural.ldap] }));
  const name = entry?.attributes.get(natural.key)?.[0];
  if (name === undefined)
    throw new CommandError(EXIT.usage, `${dn}: no entry with ${natural.ldap} is to be seen there`);
  return name.toString();
}

/** One resource, by its name or by the DN of its entry. */
export type Wanted = { readonly name: string } | { readonly dn: string };

/** The entry as the connector shows it. @throws CommandError there is none */
export async function resourceOf(app: App, typeName: TypeName, wanted: Wanted): Promise<Json> {
  const type = typesOf(app)[typeName];
  return inDryRun(app, async (run) => {
    const name = 'dn' in wanted ? await nameAt(run, typeName, wanted.dn) : wanted.name;
    const found = await named(run.backend, type, name);
    const table = type.plural;
    if (!found)
      throw new CommandError(
        EXIT.usage,
        `nobody is called ${JSON.stringify(name)} below ${app[table].base}; check ${table}.base, ${table}.filter and the line of ${type.naturalKey}`,
      );
    return shown(type, await run.backend.get(call(), type, found.id));
  });
}
