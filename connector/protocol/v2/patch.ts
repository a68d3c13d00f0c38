import type { OperationList } from '../../scim/draft.ts';
import { ScimError } from '../../scim/error.ts';
import type { Dialect } from '../../scim/patch-operation.ts';
import { isComplex } from '../../scim/resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { finished } from '../body/decoder.ts';
import { pick } from '../body/value.ts';
import type { Steps, Strictness } from '../protocol.ts';
import { PatchReader, type Step } from './patch-reader.ts';
import { PATCH_URN } from './urns.ts';

const MOST_OPERATIONS = 1000;

const syntax = (text: string): ScimError => new ScimError('invalidSyntax', text, { fault: 'patch-invalid' });

/** Drafts of the standard had other URNs, and scripts have none. */
function checkSchemas(body: object, dialect: Dialect): void {
  const urns = [pick(body, 'schemas') ?? []].flat();
  if (urns.length === 0 && dialect === 'compatible') return;
  if (!urns.some((urn) => typeof urn === 'string' && /:PatchOp$/i.test(urn)))
    throw syntax(`schemas must name ${PATCH_URN}`);
}

function operationsOf(body: object): readonly unknown[] {
  const operations = pick(body, 'Operations');
  if (operations === undefined)
    throw syntax('Operations is missing: a PATCH of SCIM 2.0 lists operations; a partial resource is SCIM 1.1, at /v1');
  if (!Array.isArray(operations) || operations.length === 0)
    throw syntax('Operations must be a list of at least one operation');
  if (operations.length > MOST_OPERATIONS)
    throw new ScimError(
      'tooLarge',
      `${operations.length} operations are more than the ${MOST_OPERATIONS} of one PATCH; nothing was done`,
      {
        fault: 'body-too-large',
      },
    );
  return operations;
}

const VERBS: ReadonlySet<string> = new Set(['add', 'remove', 'replace']);

function readStep(raw: unknown, label: string): Step {
  if (!isComplex(raw)) throw syntax(`${label} must be an object`);
  const parts = new Map<string, unknown>();
  for (const [key, value] of Object.entries(raw) as [string, unknown][]) {
    if (parts.has(key.toLowerCase())) throw syntax(`${label}: ${key.toLowerCase()} is there twice`);
    parts.set(key.toLowerCase(), value);
  }
  const word = parts.get('op');
  const op = typeof word === 'string' ? word.trim().toLowerCase() : '';
  if (!VERBS.has(op)) throw syntax(`${label}: op must be add, remove or replace`);
  return { op: op as Step['op'], path: parts.get('path'), value: parts.get('value'), label };
}

/**
 * The body of PATCH (RFC 7644 §3.5.2), in the dialects of Okta and Entra too (docs/scim.md).
 * @throws invalidSyntax, invalidPath, invalidFilter, invalidValue, noTarget, mutability, tooLarge
 */
export function* patchSteps(type: ResourceType, body: unknown, { dialect }: Strictness): Steps<OperationList> {
  if (!isComplex(body)) throw syntax('the body must be a JSON object');
  checkSchemas(body, dialect);
  const reader = new PatchReader(type, dialect);
  for (const [index, raw] of operationsOf(body).entries()) {
    yield;
    yield* reader.read(readStep(raw, `Operations[${index}]`));
  }
  return { operations: reader.operations, dialect, ignored: reader.ignored };
}

/** @throws as in `patchSteps` */
export const decodePatch = (type: ResourceType, body: unknown, mode: Strictness): OperationList =>
  finished(patchSteps(type, body, mode));
