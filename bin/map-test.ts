/** What `map test` does: the way of one person through the mapping, in either direction, and nothing is written. */

import { policyOf } from '../connector/applications.ts';
import type { Backend, Call } from '../connector/backend/backend.ts';
import { openDirectory } from '../connector/backend/ldap/connection/directory.ts';
import { DryRunDirectory } from '../connector/backend/ldap/dry-run/dry-run-directory.ts';
import { formatLdif } from '../connector/backend/ldap/dry-run/ldif.ts';
import { createLdapBackend } from '../connector/backend/ldap/ldap-backend.ts';
import { backendOptions, directoryOptions } from '../connector/backend/ldap/settings.ts';
import { profileOf } from '../connector/backend/ldap/tree.ts';
import { typesOf } from '../connector/backend/registry.ts';
import type { App } from '../connector/config/config.ts';
import { decodeResource } from '../connector/protocol/v1/decode.ts';
import { encodeResource, type Json } from '../connector/protocol/v1/encode.ts';
import type { Resource } from '../connector/scim/resource.ts';
import type { ResourceType, TypeName } from '../connector/scim/schema/resource-type.ts';
import { ResourceService } from '../connector/service/resource-service.ts';
import { EXIT } from './exit-codes.ts';
import { CommandError } from './failure.ts';

/** Unit: ms. */
const DEADLINE = 25_000;

interface DryRun {
  readonly backend: Backend;
  readonly directory: DryRunDirectory;
}

async function inDryRun<T>(app: App, work: (run: DryRun) => Promise<T>): Promise<T> {
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

export interface Outcome {
  /** What would be sent; empty when nothing would change. */
  readonly ldif: string;
  /** What the connector would answer. */
  readonly resource: Json;
  readonly existed: boolean;
}

/** A body as Okta sends it → the LDAP operations of the POST, or of the PUT when the name is taken already. */
export async function operationsOf(app: App, typeName: TypeName, body: unknown): Promise<Outcome> {
  const type = typesOf(app)[typeName];
  const draft = decodeResource(type, body, { strict: app.strict });
  const name = draft.attributes[typeName === 'User' ? 'userName' : 'displayName'];
  return inDryRun(app, async ({ backend, directory }) => {
    const service = new ResourceService(backend, policyOf(app, typesOf(app)));
    const existing = typeof name === 'string' ? await named(backend, type, name) : undefined;
    const resource = existing
      ? (await service.replace(call(), type, existing.id, draft)).resource
      : await service.create(call(), type, draft);
    return { ldif: formatLdif(directory.operations), resource: shown(type, resource), existed: existing !== undefined };
  });
}

/** The entry of that name as the connector shows it. @throws CommandError there is none */
export async function resourceOf(app: App, typeName: TypeName, name: string): Promise<Json> {
  const type = typesOf(app)[typeName];
  return inDryRun(app, async ({ backend }) => {
    const found = await named(backend, type, name);
    if (!found)
      throw new CommandError(
        EXIT.usage,
        `nobody is called ${JSON.stringify(name)} below ${typeName === 'User' ? app.users.base : app.groups.base}; check base, filter and the line of ${typeName === 'User' ? 'userName' : 'displayName'}`,
      );
    return shown(type, await backend.get(call(), type, found.id));
  });
}
