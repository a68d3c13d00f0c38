import type { CredentialKind } from '../../auth/credentials/credential.ts';
import { methodKind } from '../../auth/methods.ts';
import type { Auth } from '../../config/config.ts';

/** What the caller of an app shows, as far as we know it. Only `new` holds the secret itself, to be shown once. */
export interface Credential {
  readonly kind: 'new' | 'fixed' | 'stored' | 'missing';
  readonly secret?: string;
  /** Of stored credentials. */
  readonly names?: readonly string[];
  readonly username?: string;
}

/** What an operator calls the secret, and makes it with. */
const WORDS: Readonly<Record<CredentialKind, { readonly thing: string; readonly add: string }>> = {
  token: { thing: 'token', add: 'token add NAME' },
  basic: { thing: 'password', add: 'token add NAME --basic USER' },
};

/** What to write in Okta's field for the secret, and a remark about it. */
export function secretField(
  auth: Auth,
  { kind, secret = '', names = [] }: Credential,
): { value: string; hint?: string } {
  const { credential = 'token', okta } = methodKind(auth.method);
  const { thing, add } = WORDS[credential];
  switch (kind) {
    case 'new':
      return { value: okta.secret(auth, secret), hint: 'shown this once' };
    case 'fixed':
      return { value: okta.secret(auth, `<the ${thing} set by configuration>`) };
    case 'stored':
      return {
        value: okta.secret(auth, `<the ${thing} "${names.join('" or "')}">`),
        hint: `printed when it was made; "${add}" makes another`,
      };
    case 'missing':
      return { value: okta.secret(auth, `<${thing}>`), hint: `none yet: make one with "${add}"` };
  }
}
