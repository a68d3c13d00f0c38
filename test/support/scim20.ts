import { expect } from 'chai';
import type { Reply } from './start-server.ts';

const SCHEMAS = 'urn:ietf:params:scim:schemas:';
const MESSAGES = 'urn:ietf:params:scim:api:messages:2.0:';

export const USER = `${SCHEMAS}core:2.0:User`;
export const GROUP = `${SCHEMAS}core:2.0:Group`;
export const ENTERPRISE = `${SCHEMAS}extension:enterprise:2.0:User`;
export const PATCH_OP = `${MESSAGES}PatchOp`;
export const LIST = `${MESSAGES}ListResponse`;
export const BULK = `${MESSAGES}BulkRequest`;

/** Words of RFC 7644 §3.12 and RFC 9865 §2. */
const SCIM_TYPES: ReadonlySet<unknown> = new Set([
  ...['invalidFilter', 'tooMany', 'uniqueness', 'mutability', 'invalidSyntax', 'invalidPath', 'noTarget'],
  ...['invalidValue', 'invalidVers', 'sensitive', 'invalidCursor', 'expiredCursor', 'invalidCount'],
]);

/** Status and shape of a refusal (RFC 7644 §3.12), and nothing beside it; answers with its text. */
export function expectError(reply: Reply, status: number, scimType?: string, text: RegExp = /./): string {
  expect(reply.status, reply.text).to.equal(status);
  const { schemas, detail, ...rest } = reply.body;
  expect(schemas).to.deep.equal([`${MESSAGES}Error`]);
  expect(rest).to.deep.equal({ status: String(status), ...(scimType === undefined ? {} : { scimType }) });
  if (scimType !== undefined) expect(SCIM_TYPES.has(scimType), scimType).to.equal(true);
  expect(detail).to.match(/^[^\n]{1,287} \(ref [2-9A-Z]{4}-[2-9A-Z]{4}\)$/);
  expect(detail).to.match(text);
  return detail;
}
