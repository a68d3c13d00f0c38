import { type Reason, ScimError, type ScimErrorOptions } from '../../scim/error.ts';
import type { OAuthCode } from '../method.ts';

/** A request for an access token that came to nothing, in the words of RFC 6749 §5.2. */
export class GrantRefused extends ScimError {
  readonly code: OAuthCode;

  constructor(code: OAuthCode, reason: Reason, message: string, options?: ScimErrorOptions) {
    super(reason, message, options);
    this.code = code;
  }
}
