import { isObject } from '../../../simulator/judgement.ts';
import { type Failed, failed } from '../step.ts';
import type { Reply } from '../wire.ts';
import { taskText } from './okta-words.ts';
import { saidBy } from './refusal.ts';

/** Whether a reply has the marks of SCIM 2.0, in success or in an error. */
export const isScim2 = ({ body, headers }: Pick<Reply, 'body' | 'headers'>): boolean =>
  (isObject(body) && JSON.stringify(body['schemas'] ?? '').includes('urn:ietf:params:scim:')) ||
  /^application\/scim\+json/i.test(headers['content-type'] ?? '');

/** @param asked  what was answered to the request of SCIM 1.1 */
export const scim2Failure = (asked: Reply, baseUrl: string): Failed =>
  failed({
    text: 'this server speaks SCIM 2.0, and a base URL without /v2 makes the agent speak SCIM 1.1',
    cause:
      'the server is made for SCIM 2.0: it knows /ServiceProviderConfig and urn:ietf:params:scim, not what SCIM 1.1 asks for',
    fix: 'Enter in Okta a base URL with /v2/ in it, with agents from 2.1.0 and the feature "OPP Agent with SCIM 2.0 support"; or use a server that speaks SCIM 1.1',
    command: `curl -sk -H 'Authorization: …' '${baseUrl}/ServiceProviderConfig'`,
    okta: taskText(asked.message, asked.status, saidBy(asked)),
    isFatal: true,
  });
