import type { Json } from '../json.ts';
import type { Offer } from '../offer.ts';
import { oktaCapabilities, PROVIDER_CONFIG_URN } from '../okta-capabilities.ts';
import { CORE_URN } from './urns.ts';

/** SCIM 1.1 Core §9 with Okta's block (docs/okta-agent.md, Capabilities): one record feeds both. */
export function serviceProviderConfig(offer: Offer): Json {
  const names = oktaCapabilities(offer.backend, offer)
    .filter(({ on }) => on)
    .map(({ name }) => name);
  return {
    schemas: [CORE_URN, PROVIDER_CONFIG_URN],
    ...(offer.documentationUrl === undefined ? {} : { documentationUrl: offer.documentationUrl }),
    patch: { supported: offer.patch },
    bulk: { supported: offer.bulk, maxOperations: offer.bulkMaxOperations, maxPayloadSize: offer.bulkMaxPayload },
    filter: { supported: offer.filter, maxResults: offer.maxResults },
    changePassword: { supported: offer.backend.password && !offer.readOnly },
    sort: { supported: offer.sort },
    etag: { supported: offer.etag },
    xmlDataFormat: { supported: false },
    authenticationSchemes: [offer.authentication],
    [PROVIDER_CONFIG_URN]: { userManagementCapabilities: names },
  };
}
