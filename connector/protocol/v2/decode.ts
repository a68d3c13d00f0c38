import type { Draft } from '../../scim/draft.ts';
import { ScimError, shown } from '../../scim/error.ts';
import type { Dialect } from '../../scim/patch-operation.ts';
import { isComplex } from '../../scim/resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { finished, readDraft } from '../body/decoder.ts';
import { type Mode, pick } from '../body/value.ts';
import type { Steps, Strictness } from '../protocol.ts';
import { extensionAt } from '../wire-paths.ts';
import { asMeant } from './as-meant.ts';
import { CORE_URNS, MESSAGES, NAMES } from './urns.ts';

const bad = (text: string): ScimError => new ScimError('invalidSyntax', text, { fault: 'body-unreadable' });

const isOf = (type: ResourceType, urn: string): boolean =>
  urn.toLowerCase() === CORE_URNS[type.name].toLowerCase() || extensionAt(NAMES, type, urn) !== undefined;

/** RFC 7644 §3.1. What else is listed decides nothing: data is recognised by where it stands. */
function checkSchemas(type: ResourceType, body: object, { dialect }: Strictness): void {
  const schemas = pick(body, 'schemas');
  const urns: readonly unknown[] = Array.isArray(schemas) ? schemas : [];
  if (urns.length === 0 && dialect === 'strict') throw bad('schemas is missing; it must list the URNs of the resource');
  if (urns.length > 0 && urns.every((urn) => typeof urn === 'string' && urn.startsWith(MESSAGES)))
    throw bad(`schemas names a message, not a resource: ${String(urns[0])}`);
  const foreign = dialect === 'profile' && urns.find((urn) => !isOf(type, String(urn)));
  if (foreign) throw bad(`schemas: ${type.name} has no schema ${shown(String(foreign))}`);
}

/** The letter of the standard has no number for a text; the profile has no name that the schema has not. */
export const readingOf = (dialect: Dialect): Pick<Mode, 'strict' | 'coerce' | 'asSent' | 'unknown'> => ({
  strict: dialect === 'strict',
  coerce: dialect !== 'strict',
  asSent: true,
  ...(dialect === 'profile' ? { unknown: 'invalidSyntax' } : {}),
});

/** The body of POST or PUT. @throws invalidSyntax, invalidValue naming the attribute */
export function* resourceSteps(type: ResourceType, body: unknown, mode: Strictness): Steps<Draft> {
  if (!isComplex(body)) throw bad('the body must be a JSON object');
  checkSchemas(type, body, mode);
  return yield* readDraft(NAMES, type, asMeant(type, body, mode.dialect), readingOf(mode.dialect));
}

/** @throws as in `resourceSteps` */
export const decodeResource = (type: ResourceType, body: unknown, mode: Strictness): Draft =>
  finished(resourceSteps(type, body, mode));
