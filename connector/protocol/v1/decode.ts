import type { Draft, PartialResource } from '../../scim/draft.ts';
import { ScimError, shown } from '../../scim/error.ts';
import { isComplex } from '../../scim/resource.ts';
import { undeclared } from '../../scim/schema/custom.ts';
import { type BoundPath, bindPath, type ResourceType } from '../../scim/schema/resource-type.ts';
import { decodeBody, finished, readDraft } from '../body/decoder.ts';
import { invalid } from '../body/invalid.ts';
import { entriesOf, pick } from '../body/value.ts';
import type { Steps, Strictness } from '../protocol.ts';
import { extensionAt, readPath } from '../wire-paths.ts';
import { withOlderUrns } from './newer-urns.ts';
import { NAMES } from './urns.ts';

/** The body of POST or PUT. @throws invalidSyntax, invalidValue naming the attribute */
export const resourceSteps = (type: ResourceType, body: unknown, { dialect }: Strictness): Steps<Draft> =>
  readDraft(NAMES, type, dialect === 'strict' ? body : withOlderUrns(body), { strict: dialect === 'strict' });

/**
 * The names in `meta.attributes`, as strings or as `{ value }`. Unknown ones are nothing to remove; the URN of an
 * extension stands for all of it, as in the `attributes` parameter.
 */
function decodeRemovals(type: ResourceType, body: object): BoundPath[] {
  const meta = pick(body, 'meta');
  if (!isComplex(meta)) return [];
  const names = entriesOf(meta, 'meta').find(([key]) => key.toLowerCase() === 'attributes')?.[1] ?? [];
  if (!Array.isArray(names)) throw invalid('meta.attributes must be a list of attribute names');
  return names.flatMap((item: unknown) => {
    const name = isComplex(item) ? item['value'] : item;
    if (typeof name !== 'string') throw invalid('meta.attributes must be a list of attribute names');
    const extension = extensionAt(NAMES, type, name.trim());
    // Also read as a path: `urn:okta:app:1.0:user:shoe` may be Okta's URN of an app, or `shoe` under the one before it.
    const whole = extension ? [{ attribute: undeclared(extension.key) }] : [];
    const path = readPath(NAMES, name.trim());
    const bound = path && bindPath(type, path);
    if (!bound) return whole;
    const target = bound.sub ?? bound.attribute;
    if (target.mutability === 'readOnly' || bound.attribute.name === 'meta') {
      throw new ScimError('mutability', `meta.attributes: ${shown(name)} is read-only and cannot be removed`, {
        fault: 'attribute-read-only',
      });
    }
    return [...whole, bound];
  });
}

/** The body of PATCH. @throws invalidSyntax, invalidValue, mutability naming the attribute */
export function* patchSteps(type: ResourceType, body: unknown, { dialect }: Strictness): Steps<PartialResource> {
  if (isComplex(body) && pick(body, 'Operations') !== undefined) {
    const hint = 'this is a SCIM 2.0 PatchOp; SCIM 1.1 takes a partial resource, with meta.attributes for removals';
    throw new ScimError('invalidSyntax', hint, { fault: 'scim2-body' });
  }
  const { attributes, ignored, cleared, deletions } = yield* decodeBody(
    NAMES,
    type,
    dialect === 'strict' ? body : withOlderUrns(body),
    {
      strict: dialect === 'strict',
      patching: true,
    },
  );
  return { attributes, ignored, cleared, deletions, removals: decodeRemovals(type, body as object) };
}

/** @throws as in `resourceSteps` */
export const decodeResource = (type: ResourceType, body: unknown, mode: Strictness): Draft =>
  finished(resourceSteps(type, body, mode));

/** @throws as in `patchSteps` */
export const decodePatch = (type: ResourceType, body: unknown, mode: Strictness): PartialResource =>
  finished(patchSteps(type, body, mode));
