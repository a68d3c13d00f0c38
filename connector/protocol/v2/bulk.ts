import { isComplex } from '../../scim/resource.ts';
import type { BulkForm } from '../body/bulk.ts';
import { pick } from '../body/value.ts';
import type { BulkResult } from '../bulk.ts';
import { formatVersion } from '../entity-tags.ts';
import type { Json } from '../json.ts';
import { locationOf } from '../location.ts';
import { errorBody } from './error.ts';
import { BULK_RESPONSE_URN, NAMES, PATCH_URN } from './urns.ts';

const patchOf = (operations: readonly unknown[]): object => ({ schemas: [PATCH_URN], Operations: operations });

export const bulkForm: BulkForm = {
  names: NAMES,
  adding: (partial) => patchOf(Object.entries(partial).map(([path, value]) => ({ op: 'add', path, value }))),
  // RFC 7644 §3.7.3 shows a list and an object without schemas.
  patching: (data) => {
    if (Array.isArray(data)) return patchOf(data);
    return isComplex(data) && pick(data, 'schemas') === undefined ? { schemas: [PATCH_URN], ...data } : data;
  },
};

const encodeResult = (
  baseUrl: string,
  { method, bulkId, type, id, version, status, reason = '', description }: BulkResult,
): Json => ({
  ...(type && id !== undefined ? { location: locationOf(baseUrl, type, id) } : {}),
  ...(method === undefined ? {} : { method }),
  ...(bulkId === undefined ? {} : { bulkId }),
  ...(version === undefined ? {} : { version: formatVersion(version) }),
  status: String(status),
  ...(description === undefined ? {} : { response: errorBody(status, reason, description) }),
});

/** RFC 7644 §3.7.3. */
export const encodeBulk = (results: readonly BulkResult[], baseUrl: string): Json => ({
  schemas: [BULK_RESPONSE_URN],
  Operations: results.map((result) => encodeResult(baseUrl, result)),
});
