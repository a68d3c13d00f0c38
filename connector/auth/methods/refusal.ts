import type { CredentialFault, OAuthFault } from '../../scim/fault-code.ts';
import type { Verification } from '../credentials/credential-store.ts';
import type { Refused } from '../method.ts';

export const refuse = (fault: CredentialFault | OAuthFault, refused: string, counts = true): Refused => ({
  fault,
  refused,
  counts,
});

/** @param command  what makes the first one */
export const refuseAll = (command: string): Refused =>
  refuse('credential-none-yet', `this connector has no credential yet: make one on its host with ${command}`, false);

/** From where too many have failed and none succeeded, what could be guessed is compared once a second. */
export const SUSPENDED: Refused = {
  ...refuse(
    'attempts-too-many',
    'too many failed attempts from this address: one is judged each second; try again in 1 s',
    false,
  ),
  retryAfter: 1,
};

/**
 * What was presented is not accepted. Nothing in quotation marks: the log leaves out what stands in them, because
 * elsewhere that is what a client sent.
 * @param what  what the client presented, as `the token`
 * @param command  what makes another
 */
export function refuseVerified(verification: Verification | undefined, what: string, command: string): Refused {
  switch (verification?.accepted === false ? verification.why : 'unknown') {
    case 'expired':
      return refuse('token-expired', `${what} has expired: make a new one with ${command}`);
    case 'otherApp':
      return refuse('token-of-another-app', `${what} is for another app of this connector`);
    case 'busy':
      return {
        ...refuse('attempts-too-many', `${what} cannot be checked now: try again in 2 s`, false),
        retryAfter: 2,
      };
    case 'suspended':
      return SUSPENDED;
    case 'unknown':
      return refuse('token-unknown', `${what} is not accepted: see token list, or make a new one with ${command}`);
  }
}
