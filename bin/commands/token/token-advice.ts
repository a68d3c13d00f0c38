import { methodKind } from '../../../connector/auth/methods.ts';
import type { App } from '../../../connector/config/config.ts';
import { accepts } from '../../../connector/operations/credential/caller-credential.ts';

function headerAdvice({ auth }: App): string {
  const { okta } = methodKind(auth.method);
  const before = okta.secret(auth, '');
  const value = `${before === '' ? '' : `"${before}", then `}the token above`;
  return `In Okta: Authorization type "${okta.authorizationType}", name ${auth.header}, value ${value}.`;
}

/** Where to put a new credential for the `apps`, and which of them will not take it. @param basic  its user name */
export function tokenAdvice(apps: readonly App[], basic: string | undefined): readonly string[] {
  const fits = (app: App): boolean => accepts(app, basic === undefined ? 'token' : 'basic');
  const refusing = apps.filter((app) => !fits(app));
  return [
    'Shown this once. A running server accepts it within a second.',
    ...(basic === undefined
      ? new Set(apps.filter(fits).map(headerAdvice))
      : [`In Okta: Authorization type "Basic Auth", user name ${basic}, and the password above.`]),
    ...refusing.map(({ name, auth }) => `App ${name} will not accept it: its auth.method is "${auth.method}".`),
  ];
}
