import type { Json } from './json.ts';
import type { Offer } from './offer.ts';

/** What an app offers, as every version of SCIM announces it (SCIM 1.1 Core §9, RFC 7643 §5). */
export const features = (offer: Offer): Json => ({
  patch: { supported: offer.patch },
  bulk: { supported: offer.bulk, maxOperations: offer.bulkMaxOperations, maxPayloadSize: offer.bulkMaxPayload },
  filter: { supported: offer.filter, maxResults: offer.maxResults },
  changePassword: { supported: offer.backend.password && !offer.readOnly },
  sort: { supported: offer.sort },
  etag: { supported: offer.etag },
});
