import { EXIT } from '../../../bin/cli/exit-codes.ts';
import { CommandError } from '../../../bin/cli/failure.ts';
import { methodKind } from '../../auth/methods.ts';
import type { App, Config } from '../../config/config.ts';

export interface Made {
  readonly app: string | undefined;
  readonly basic: string | undefined;
}

/** @throws CommandError usage: a credential for an app that does not exist would never be accepted */
export function checkApp({ apps }: Config, app: string | undefined): void {
  if (app === undefined || apps.some(({ name }) => name === app)) return;
  throw new CommandError(
    EXIT.usage,
    `--app: there is no app "${app}"; configured: ${apps.map(({ name }) => name).join(', ')}`,
  );
}

/** Where to put a new credential, and which apps will not take it. */
export function explain(config: Config, { app, basic }: Made): string[] {
  const apps = config.apps.filter(({ name }) => app === undefined || name === app);
  const fitting = apps.filter(
    ({ auth }) => methodKind(auth.method).credential === (basic === undefined ? 'token' : 'basic'),
  );
  return [
    'Shown this once. A running server accepts it within a second.',
    ...(basic === undefined
      ? [...new Set(fitting.map(headerAdvice))]
      : [`In Okta: Authorization type "Basic Auth", user name ${basic}, and the password above.`]),
    ...apps
      .filter((other) => !fitting.includes(other))
      .map(({ name, auth }) => `App ${name} will not accept it: its auth.method is "${auth.method}".`),
  ];
}

function headerAdvice({ auth: { header } }: App): string {
  const value = header.toLowerCase() === 'authorization' ? '"Bearer ", then the token above' : 'the token above';
  return `In Okta: Authorization type "HTTP Header", name ${header}, value ${value}.`;
}
