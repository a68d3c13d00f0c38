import { features } from '../features.ts';
import type { Json } from '../json.ts';
import type { Offer } from '../offer.ts';
import { offeredCapabilities, PROVIDER_CONFIG_URN } from '../okta-capabilities.ts';
import { CORE_URN } from './urns.ts';

/** SCIM 1.1 Core §9 with Okta's block (docs/okta-agent.md, Capabilities): one record feeds both. */
export function serviceProviderConfig(offer: Offer): Json {
  const names = offeredCapabilities(offer);
  return {
    schemas: [CORE_URN, PROVIDER_CONFIG_URN],
    ...(offer.documentationUrl === undefined ? {} : { documentationUrl: offer.documentationUrl }),
    ...features(offer),
    xmlDataFormat: { supported: false },
    authenticationSchemes: [offer.authentication],
    [PROVIDER_CONFIG_URN]: { userManagementCapabilities: names },
  };
}
