import type { Call } from '../../backend/backend.ts';
import type { EntitlementSettings } from '../../backend/module/app-settings.ts';
import type { Definition } from '../../backend/module/entitlement-keeping.ts';
import { createReader } from '../../backend/registry.ts';
import type { App } from '../../config/config.ts';
import { entitlementsOf } from '../../entitlements/entitlements.ts';

/** Longest that a store may take. Unit: ms. */
const PATIENCE = 60_000;

export interface ListedType {
  readonly type: string;
  readonly entitlements: readonly Definition[];
}

/** All that people can be given, as Okta would read it, beside a connector that runs. @throws unavailable */
export async function listEntitlements(
  app: App,
  types: readonly EntitlementSettings[],
): Promise<readonly ListedType[]> {
  const store = await createReader(app);
  await store.open();
  try {
    const call: Call = { requestId: 'entitlement', actor: 'command line', signal: AbortSignal.timeout(PATIENCE) };
    const all: ListedType[] = [];
    for (const { type, catalogue } of entitlementsOf(types, store)) {
      const { resources } = await catalogue.list(call, { offset: 0, limit: Number.MAX_SAFE_INTEGER });
      const entitlements = resources.map(({ id, attributes: { displayName, description } }) => ({
        id,
        name: String(displayName ?? id),
        ...(description === undefined ? {} : { description: String(description) }),
      }));
      all.push({ type: type.name, entitlements });
    }
    return all;
  } finally {
    await store.close();
  }
}
