import { SCIM11, USER_KEYS } from './scim-11.ts';
import type { Speech } from './speech.ts';

const SCHEMAS = 'urn:ietf:params:scim:schemas:';
const MESSAGES = 'urn:ietf:params:scim:api:messages:2.0:';

const ERROR = `${MESSAGES}Error`;
export const PATCH_OP = `${MESSAGES}PatchOp`;

/** SCIM 2.0 (RFC 7643, RFC 7644). */
export const SCIM20: Speech = {
  version: '2.0',
  segment: 'v2',
  configuration: '/ServiceProviderConfig',
  mediaType: 'application/scim+json',
  urns: {
    user: `${SCHEMAS}core:2.0:User`,
    group: `${SCHEMAS}core:2.0:Group`,
    enterprise: `${SCHEMAS}extension:enterprise:2.0:User`,
    list: `${MESSAGES}ListResponse`,
  },
  keys: {
    user: USER_KEYS,
    group: SCIM11.keys.group,
    meta: 'resourceType created lastModified location version'.split(' '),
    value: 'value display type primary $ref'.split(' '),
  },
  judgeErrorBody({ schemas, status: told, detail }, status, report) {
    if (!Array.isArray(schemas) || !schemas.includes(ERROR)) report(`the error text of a ${status} lacks ${ERROR}`);
    if (told !== String(status)) report(`the error text of a ${status} has the status ${JSON.stringify(told)}`);
    if (typeof detail !== 'string' || detail === '') report(`the error text of a ${status} has no detail`);
  },
};
