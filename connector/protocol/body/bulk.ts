import { ScimError, shown } from '../../scim/error.ts';
import { isComplex } from '../../scim/resource.ts';
import type { ResourceType, ResourceTypes } from '../../scim/schema/resource-type.ts';
import type { BulkMethod, BulkOperation, BulkRequest, Deferred, KnownIds, Malformed } from '../bulk.ts';
import { parseTags } from '../entity-tags.ts';
import type { SchemaNames } from '../schema-names.ts';
import { decodedSegment } from '../segment.ts';
import { deferReferences, mapReferences, REFERENCE, referencesIn } from './bulk-references.ts';
import { pick } from './value.ts';

/** How a protocol writes bulk requests. */
export interface BulkForm {
  readonly names: SchemaNames;
  /** The body of a PATCH that adds what a partial resource holds. */
  adding(partial: object): object;
  /** The body of a PATCH, from the `data` of an operation. */
  patching(data: unknown): unknown;
}

const METHODS: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

const bad = (message: string): ScimError => new ScimError('invalidValue', message, { fault: 'bulk-invalid' });

function decodeOperation(form: BulkForm, types: ResourceTypes, raw: object, seen: Set<string>): BulkOperation {
  const method = pick(raw, 'method');
  const verb = typeof method === 'string' ? method.toUpperCase() : undefined;
  if (verb === undefined) throw bad('method is required');
  if (!METHODS.has(verb))
    throw new ScimError('methodNotAllowed', `method ${shown(verb)} is not one of POST, PUT, PATCH, DELETE`, {
      fault: 'method-not-allowed',
    });
  const bulkId = pick(raw, 'bulkId') ?? undefined;
  if (bulkId !== undefined && typeof bulkId !== 'string') throw bad('bulkId must be text');
  if (verb === 'POST' && !bulkId) throw bad('bulkId is required for POST');
  if (bulkId !== undefined && verb === 'POST') {
    if (seen.has(bulkId)) throw bad(`bulkId ${shown(bulkId)} is used twice`);
    seen.add(bulkId);
  }
  const { type, id } = decodePath(types, verb as BulkMethod, pick(raw, 'path'));
  const data = pick(raw, 'data');
  const body = verb === 'PATCH' ? form.patching(data) : data;
  if (verb !== 'DELETE' && !isComplex(body)) throw bad(`data is required for ${verb} and must be an object`);
  const version = pick(raw, 'version');
  if (version !== undefined && version !== null && typeof version !== 'string') throw bad('version must be text');
  const tags = version ? parseTags(version, 'version') : undefined;
  return {
    method: verb as BulkMethod,
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(tags === undefined ? {} : { version: tags }),
    ...referring(form, type, id, isComplex(body) ? body : {}),
  };
}

/** References left as they came where nothing is known of them: an unknown id then says so. */
const resolved = (value: unknown, known: KnownIds): unknown =>
  mapReferences(value, (bulkId) => known.get(bulkId) ?? `${REFERENCE}${bulkId}`);

const deferred = (form: BulkForm, type: ResourceType, later: object): Deferred => ({
  type,
  references: referencesIn(later),
  body: (known) => form.adding(resolved(later, known) as object),
});

function referring(
  form: BulkForm,
  type: ResourceType,
  id: string | undefined,
  raw: object,
): Pick<BulkOperation, 'type' | 'references' | 'id' | 'body'> {
  return {
    type,
    references: referencesIn([id, raw]),
    // What leads nowhere is no id, and nothing is there.
    id: (known) =>
      referencesIn(id).every((bulkId) => known.has(bulkId)) ? (resolved(id, known) as typeof id) : undefined,
    body: (known) => {
      const { now, later } = deferReferences(form.names, raw, (bulkId) => known.has(bulkId));
      const body = resolved(now, known) as object;
      return later ? { body, deferred: deferred(form, type, later) } : { body };
    },
  };
}

function decodePath(types: ResourceTypes, method: BulkMethod, path: unknown): { type: ResourceType; id?: string } {
  if (typeof path !== 'string' || path === '') throw bad('path is required');
  const match = /^\/?([^/?#]+)(?:\/([^/?#]*))?\/?$/.exec(path);
  const type = Object.values(types).find((candidate: ResourceType) => candidate.endpoint === `/${match?.[1]}`);
  if (!match || (!type && !/^(Bulk|Schemas|ServiceProviderConfigs?)$/.test(match[1] ?? ''))) {
    throw path.includes(':/') || path.includes('..')
      ? bad(`path ${shown(path)} must be relative`)
      : new ScimError('notFound', `path ${shown(path)}: there is no such endpoint`, { fault: 'path-unknown' });
  }
  if (!type) throw bad(`path ${shown(path)} cannot be used in bulk`);
  const id = match[2] === undefined || match[2] === '' ? undefined : decodedSegment(match[2]);
  if (method === 'POST' && id !== undefined) throw bad(`path of a POST must be ${type.endpoint}, found ${shown(path)}`);
  if (method !== 'POST' && id === undefined)
    throw bad(`path of a ${method} must name a resource, such as ${type.endpoint}/{id}`);
  return { type, ...(id === undefined ? {} : { id }) };
}

/**
 * @throws invalidSyntax, invalidValue when the request as a whole makes no sense; tooLarge with the limit's name
 */
export function decodeBulk(form: BulkForm, types: ResourceTypes, body: object, maxOperations: number): BulkRequest {
  const operations = pick(body, 'Operations');
  if (!Array.isArray(operations) || operations.length === 0)
    throw bad('Operations must be a list of at least one operation');
  if (operations.length > maxOperations) {
    throw new ScimError(
      'tooLarge',
      `${operations.length} operations exceed maxOperations (${maxOperations}); nothing was done`,
      { fault: 'body-too-large' },
    );
  }
  const failOnErrors = pick(body, 'failOnErrors') ?? Number.POSITIVE_INFINITY;
  const whole = failOnErrors === Number.POSITIVE_INFINITY || Number.isSafeInteger(failOnErrors);
  if (!whole || Number(failOnErrors) < 1) throw bad('failOnErrors must be a whole number of at least 1');
  const seen = new Set<string>();
  return {
    failOnErrors: Number(failOnErrors),
    operations: operations.map((raw: unknown): BulkOperation | Malformed => {
      if (!isComplex(raw)) return { error: bad('an operation must be an object') };
      try {
        return decodeOperation(form, types, raw, seen);
      } catch (error) {
        if (!(error instanceof ScimError)) throw error;
        const method = pick(raw, 'method');
        const bulkId = pick(raw, 'bulkId');
        return {
          ...(typeof method === 'string' ? { method: method.toUpperCase() } : {}),
          ...(typeof bulkId === 'string' ? { bulkId } : {}),
          error,
        };
      }
    }),
  };
}
