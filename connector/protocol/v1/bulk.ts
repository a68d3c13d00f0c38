import type { BulkForm } from '../body/bulk.ts';
import type { BulkResult } from '../bulk.ts';
import { formatVersion } from '../entity-tags.ts';
import type { Json } from '../json.ts';
import { locationOf } from '../location.ts';
import { CORE_URN, NAMES } from './urns.ts';

/** A PATCH of SCIM 1.1 is a partial resource. */
export const bulkForm: BulkForm = { names: NAMES, adding: (partial) => partial, patching: (data) => data };

const encodeResult = (
  baseUrl: string,
  { method, bulkId, type, id, version, status, description }: BulkResult,
): Json => ({
  ...(type && id !== undefined ? { location: locationOf(baseUrl, type, id) } : {}),
  ...(method === undefined ? {} : { method }),
  ...(bulkId === undefined ? {} : { bulkId }),
  ...(version === undefined ? {} : { version: formatVersion(version) }),
  status: { code: String(status), ...(description === undefined ? {} : { description }) },
});

export const encodeBulk = (results: readonly BulkResult[], baseUrl: string): Json => ({
  schemas: [CORE_URN],
  Operations: results.map((result) => encodeResult(baseUrl, result)),
});
