import { decodeBulk } from '../body/bulk.ts';
import { hasSteps, lists } from '../body/marks.ts';
import type { Protocol } from '../protocol.ts';
import { bulkForm, encodeBulk } from './bulk.ts';
import { decodeResource, resourceSteps } from './decode.ts';
import { encodeList, encodeResource } from './encode.ts';
import { entitlementCodec } from './entitlement.ts';
import { encodeError } from './error.ts';
import { decodePatch, patchSteps } from './patch.ts';
import { decodeList, decodeSelection } from './query.ts';
import { PUBLIC, routes, spelled } from './routes.ts';
import { view } from './view.ts';

const JSON_TYPE = 'application/json';

/** Drafts of the standard had shorter names. */
const OWN = /^urn:(ietf:params:)?scim:(schemas:core|api:messages):2\.0(:|$)/i;

/** SCIM 2.0 (RFC 7643, RFC 7644, RFC 9865) as Okta, Entra and others speak it (docs/scim.md). */
export const scim20: Protocol = {
  name: 'SCIM 2.0',
  version: '2.0',
  segment: 'v2',
  unversioned: false,
  routes,
  view,
  entitlements: entitlementCodec,
  unknownEndpoint:
    'there is no such SCIM 2.0 endpoint; there are Users, Groups, Bulk, Schemas, ResourceTypes, ServiceProviderConfig, and the entitlements that are configured',
  mediaType: 'application/scim+json',
  acceptable: ['application/scim+json', JSON_TYPE, 'text/json'],
  answerTo: (accepted) => (accepted === JSON_TYPE ? JSON_TYPE : 'application/scim+json'),
  isPublic: (path) => PUBLIC.has(path.split('/')[1] ?? ''),
  readFormat: (path) => ({ path: spelled(path) }),
  owns: (body) => lists(body, OWN) || hasSteps(body),
  decodeResource,
  decodePatch,
  resourceSteps,
  patchSteps,
  decodeList,
  decodeSelection,
  decodeBulk: (types, body, most) => decodeBulk(bulkForm, types, body, most),
  encodeResource,
  encodeList,
  encodeBulk: (results, { baseUrl }) => encodeBulk(results, baseUrl),
  encodeError,
  mostMembersPatched: 1000,
  deleted: { status: 204 },
};
