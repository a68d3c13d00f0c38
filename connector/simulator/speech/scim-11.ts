import { CORE, ENTERPRISE, isObject } from '../payload.ts';
import type { Speech } from './speech.ts';

/** What the SDK's parser knows at the top of a user; newer ones refuse others (docs/okta-agent.md, Okta's SDK). */
export const USER_KEYS: readonly string[] = (
  'schemas id externalId meta userName name displayName nickName profileUrl title userType preferredLanguage locale ' +
  'timezone active password emails phoneNumbers ims photos addresses groups entitlements roles x509Certificates'
).split(' ');

/** SCIM 1.1 as the agent speaks it. */
export const SCIM11: Speech = {
  version: '1.1',
  segment: 'v1',
  configuration: '/ServiceProviderConfigs',
  mediaType: 'application/json',
  urns: { user: CORE, group: CORE, enterprise: ENTERPRISE, list: CORE },
  keys: {
    user: USER_KEYS,
    group: 'schemas id externalId meta displayName members'.split(' '),
    meta: 'created lastModified location version attributes'.split(' '),
    value: 'value display type primary operation'.split(' '),
  },
  judgeErrorBody({ Errors: errors, detail }, status, report) {
    const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
    if (!isObject(first) || typeof first['description'] !== 'string') {
      report(`the error text of a ${status} has no Errors[0].description`);
    } else if (String(first['code']) !== String(status)) {
      report(`the error text of a ${status} has the code ${first['code']}`);
    }
    if (typeof detail !== 'string' || detail === '') report(`the error text of a ${status} has no detail`);
  },
};
