import type { CredentialKind } from '../../auth/credentials/credential.ts';
import type { FormField } from '../../auth/method-kind.ts';
import { methodKind } from '../../auth/methods.ts';
import type { App } from '../../config/config.ts';
import type { CallerCredential } from '../credential/caller-credential.ts';

/** What an operator calls the secret, and makes it with. */
const WORDS: Readonly<Record<CredentialKind, { readonly thing: string; readonly add: string }>> = {
  token: { thing: 'token', add: 'token add NAME' },
  basic: { thing: 'password', add: 'token add NAME --basic USER' },
};

/** What to write in Okta's field for the secret, and a remark about it. */
export function secretField({ name, auth }: App, credential: CallerCredential): Omit<FormField, 'field'> {
  const { credential: kind = 'token', okta } = methodKind(auth.method);
  const { thing, add: command } = WORDS[kind];
  const add = name === 'default' ? command : `${command} --app ${name}`;
  switch (credential.kind) {
    case 'new':
      return { value: okta.secret(auth, credential.secret), hint: 'shown this once' };
    case 'fixed':
      return { value: okta.secret(auth, `<the ${thing} set by configuration>`) };
    case 'stored':
      return {
        value: okta.secret(auth, `<the ${thing} "${credential.names.join('" or "')}">`),
        hint: `printed when it was made; "${add}" makes another`,
      };
    case 'missing':
      return { value: okta.secret(auth, `<${thing}>`), hint: `none yet: make one with "${add}"` };
  }
}
