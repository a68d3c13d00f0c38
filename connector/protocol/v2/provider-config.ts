import { LEAST_PAGE } from '../../scim/profile.ts';
import { CURSOR_LIFETIME } from '../cursors.ts';
import { features } from '../features.ts';
import type { Json } from '../json.ts';
import type { Offer } from '../offer.ts';
import { PROVIDER_CONFIG_URN as OKTA_URN, offeredCapabilities } from '../okta-capabilities.ts';
import type { DiscoveryRequest } from '../protocol.ts';
import { PROVIDER_CONFIG_URN } from './urns.ts';

/** Its §7: TLS, and OAuth 2.0 client credentials by a signed JWT. */
const isSecured = ({ offer, baseUrl }: DiscoveryRequest): boolean =>
  baseUrl.startsWith('https:') && offer.authentication.type === 'oauth2';

/**
 * Whether the interoperability profile is kept to (draft-zollner-scim-interop-profile §5.1): people and groups can be
 * made, changed by PATCH and deleted, are found by filters, and clients log in as it asks. Who does not says nothing.
 */
const conforms = (request: DiscoveryRequest): boolean =>
  request.dialect === 'profile' && isSecured(request) && offersAll(request.offer);

const offersAll = ({ backend, patch, filter, readOnly, maxResults }: Offer): boolean =>
  backend.types.length === 2 &&
  [backend.create, backend.modify, backend.delete, patch, filter, !readOnly].every(Boolean) &&
  maxResults >= LEAST_PAGE;

/** RFC 7643 §5 with Okta's block, whose URN is that of 1.1 (docs/okta-agent.md, Capabilities). */
export function serviceProviderConfig(request: DiscoveryRequest): Json {
  const { offer, baseUrl } = request;
  // Okta reads attributes and entitlements from /ResourceTypes and /Schemas then, which it does of SCIM 2.0 alone.
  const names = [...offeredCapabilities(offer), 'IMPORT_USER_SCHEMA'];
  const { specUrl, ...scheme } = offer.authentication;
  return {
    schemas: [PROVIDER_CONFIG_URN, OKTA_URN],
    ...(offer.documentationUrl === undefined ? {} : { documentationUri: offer.documentationUrl }),
    ...features(offer),
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: offer.maxResults,
      maxPageSize: offer.maxResults,
      cursorTimeout: CURSOR_LIFETIME,
    },
    authenticationSchemes: [{ ...scheme, ...(specUrl === undefined ? {} : { specUri: specUrl }) }],
    ...(conforms(request) ? { interopProfileConformant: true } : {}),
    [OKTA_URN]: { userManagementCapabilities: names },
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}
