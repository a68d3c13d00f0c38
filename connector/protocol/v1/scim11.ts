import { withoutEntitlements } from '../../scim/schema/resource-type.ts';
import { decodeBulk } from '../body/bulk.ts';
import { lists } from '../body/marks.ts';
import type { Protocol } from '../protocol.ts';
import { bulkForm, encodeBulk } from './bulk.ts';
import { decodePatch, decodeResource, patchSteps, resourceSteps } from './decode.ts';
import { encodeList, encodeResource } from './encode.ts';
import { encodeError } from './error.ts';
import { decodeSelection, parseList } from './query.ts';
import { routes } from './routes.ts';

/** Other URNs say nothing: Okta lists its own, and administrators make up more. */
const OWN = /^urn:scim:schemas:core:1\.0(:|$)/i;

/** SCIM 1.1 in Okta's dialect (draft-scim-core-schema-01, draft-scim-api-01, docs/okta-agent.md). */
export const scim11: Protocol = {
  name: 'SCIM 1.1',
  version: '1.1',
  segment: 'v1',
  // Without a version the latest is meant (SCIM 1.1 API §3.10), and for the agent that is this one.
  unversioned: true,
  routes,
  // 1.1 has no entitlements that could be assigned.
  view: withoutEntitlements,
  unknownEndpoint:
    'there is no such SCIM 1.1 endpoint; there are Users, Groups, Bulk, Schemas and ServiceProviderConfigs',
  mediaType: 'application/json',
  isPublic: () => false,
  answerTo: () => 'application/json',
  acceptable: ['application/json', 'application/scim+json', 'text/json'],
  // A suffix beats the Accept header; `.json` is no part of the path (SCIM 1.1 API §3.6).
  readFormat: (path) => {
    if (/\.xml$/i.test(path)) return { path, format: 'other' };
    return /.\.json$/i.test(path) ? { path: path.slice(0, -'.json'.length), format: 'json' } : { path };
  },
  owns: (body) => lists(body, OWN),
  decodeResource,
  decodePatch,
  resourceSteps,
  patchSteps,
  decodeList: parseList,
  decodeSelection,
  decodeBulk: (types, body, most) => decodeBulk(bulkForm, types, body, most),
  encodeResource,
  encodeList,
  encodeBulk: (results, { baseUrl }) => encodeBulk(results, baseUrl),
  encodeError,
  // 200 with the resource or 204 (SCIM 1.1 API §3.3.2), and Okta's cloud client takes either: a megabyte for one member more
  // is read by nobody.
  mostMembersPatched: 1000,
  // Strict 1.1 clients refuse 204; the agent's own SDK answers 200.
  deleted: { status: 200 },
};
