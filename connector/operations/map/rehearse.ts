/** What `map test` does: the way of one person through the mapping, in either direction, and nothing is written. */

import type { Backend, Call } from '../../backend/backend.ts';
import { typesOf } from '../../backend/module/app-settings.ts';
import type { MappedRehearsal, Mapping } from '../../backend/module/mapping.ts';
import type { App } from '../../config/config.ts';
import type { Json } from '../../protocol/json.ts';
import { protocolAt } from '../../protocol/protocols.ts';
import { policyOf } from '../../run/app-rules.ts';
import { ScimError } from '../../scim/error.ts';
import type { Resource } from '../../scim/resource.ts';
import type { ResourceType, TypeName } from '../../scim/schema/resource-type.ts';
import { namespaceHint } from '../../service/namespace-hint.ts';
import { ResourceService } from '../../service/resource-service.ts';
import { OperationError } from '../operation-error.ts';

/** Unit: ms. */
const DEADLINE = 25_000;

async function inRehearsal<T>(
  app: App,
  mapping: Mapping<App>,
  work: (rehearsal: MappedRehearsal) => Promise<T>,
): Promise<T> {
  const rehearsal = await mapping.rehearse(app);
  try {
    return await work(rehearsal);
  } finally {
    await rehearsal.close();
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

const shown = ({ path }: App, type: ResourceType, resource: Resource): Json =>
  protocolAt(path).encodeResource(type, resource, { baseUrl: '', versions: true });

export interface DryRun {
  /** What would be sent, in the store's own language; empty when nothing would change. */
  readonly operations: string;
  /** What the connector would answer. */
  readonly resource: Json;
  readonly existed: boolean;
  /** Attributes of the body that nothing would be kept of. */
  readonly dropped: readonly string[];
  /** What to change for custom attributes to arrive. */
  readonly hint?: string;
}

/** A body as Okta sends it → the operations of the POST, or of the PUT when the name is taken already. */
export async function operationsOf(
  app: App,
  mapping: Mapping<App>,
  typeName: TypeName,
  body: unknown,
): Promise<DryRun> {
  const type = typesOf(app)[typeName];
  const draft = protocolAt(app.path).decodeResource(type, body, app);
  const name = draft.attributes[type.naturalKey];
  return inRehearsal(app, mapping, async ({ backend, operations }) => {
    const service = new ResourceService(backend, policyOf(app, typesOf(app)));
    const existing = typeof name === 'string' ? await named(backend, type, name) : undefined;
    const resource = existing
      ? (await service.replace(call(), type, existing.id, draft)).resource
      : (await service.create(call(), type, draft)).resource;
    const hint = namespaceHint(type, draft);
    return {
      operations: operations(),
      resource: shown(app, type, resource),
      existed: existing !== undefined,
      dropped: [...draft.ignored, ...backend.dropped(type, draft.attributes)],
      ...(hint === undefined ? {} : { hint }),
    };
  });
}

/** One resource, by its name or by the store's own name for it. */
export type ResourceAddress = { readonly name: string } | { readonly place: string };

/** The name that the connector calls it by. @throws OperationError where nothing is to be seen */
async function nameOf(rehearsal: MappedRehearsal, typeName: TypeName, wanted: ResourceAddress): Promise<string> {
  if ('name' in wanted) return wanted.name;
  try {
    return await rehearsal.nameAt(typeName, wanted.place, call().signal);
  } catch (error) {
    if (!(error instanceof ScimError) || error.reason !== 'notFound') throw error;
    throw new OperationError('usage', error.message, { cause: error });
  }
}

/** What is kept, as the connector shows it. @throws OperationError there is none */
export async function resourceOf(
  app: App,
  mapping: Mapping<App>,
  typeName: TypeName,
  wanted: ResourceAddress,
): Promise<Json> {
  const type = typesOf(app)[typeName];
  return inRehearsal(app, mapping, async (rehearsal) => {
    const name = await nameOf(rehearsal, typeName, wanted);
    const found = await named(rehearsal.backend, type, name);
    if (found) return shown(app, type, await rehearsal.backend.get(call(), type, found.id));
    const where = rehearsal.whereabouts(typeName);
    throw new OperationError('usage', `nobody is called ${JSON.stringify(name)} ${where}`);
  });
}
