import type { Patch } from '../../scim/draft.ts';
import { ScimError } from '../../scim/error.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { finished } from '../body/decoder.ts';
import type { Steps, Strictness } from '../protocol.ts';

/** The body of PATCH (RFC 7644 §3.5.2). @throws invalidSyntax, invalidValue naming the attribute */
export function patchSteps(_type: ResourceType, _body: unknown, _mode: Strictness): Steps<Patch> {
  throw new ScimError('notImplemented', 'PATCH is not offered here yet; use PUT', { fault: 'feature-off' });
}

/** @throws as in `patchSteps` */
export const decodePatch = (type: ResourceType, body: unknown, mode: Strictness): Patch =>
  finished(patchSteps(type, body, mode));
