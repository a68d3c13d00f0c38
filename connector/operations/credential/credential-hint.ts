import type { Auth } from '../../config/config.ts';

/** What the caller of an app shows, as far as we know it. Only `new` holds the secret itself, to be shown once. */
export interface Credential {
  readonly kind: 'new' | 'fixed' | 'stored' | 'missing';
  readonly secret?: string;
  /** Of stored credentials. */
  readonly names?: readonly string[];
  readonly username?: string;
}

/** Okta sends the header as typed: the word "Bearer" must be in it (Okta contract §4). */
const inHeader = ({ method, header }: Auth, text: string): string =>
  method === 'header' && header.toLowerCase() === 'authorization' ? `Bearer ${text}` : text;

const thing = ({ method }: Auth): string => (method === 'basic' ? 'password' : 'token');
const add = ({ method }: Auth): string => (method === 'basic' ? 'token add NAME --basic USER' : 'token add NAME');

/** What to write in Okta's field for the secret, and a remark about it. */
export function secretField(
  auth: Auth,
  { kind, secret = '', names = [] }: Credential,
): { value: string; hint?: string } {
  switch (kind) {
    case 'new':
      return { value: inHeader(auth, secret), hint: 'shown this once' };
    case 'fixed':
      return { value: inHeader(auth, `<the ${thing(auth)} set by configuration>`) };
    case 'stored':
      return {
        value: inHeader(auth, `<the ${thing(auth)} "${names.join('" or "')}">`),
        hint: `printed when it was made; "${add(auth)}" makes another`,
      };
    case 'missing':
      return { value: inHeader(auth, `<${thing(auth)}>`), hint: `none yet: make one with "${add(auth)}"` };
  }
}
