import { failureOf } from '../../failure.ts';
import { type Failed, failed } from '../step.ts';
import { explained } from './explained.ts';
import { javaText, shortened } from './okta-words.ts';

/** Ours does not run and cannot be started: why is the one thing to mend. */
export function startFailure(error: unknown): Failed {
  const { message, kind } = failureOf(error);
  const [first = message] = message.split('\n');
  if (kind === 'secret')
    return failed({
      text: `cannot be examined: ${shortened(first)}`,
      cause: 'this account may not use the files of the connector, so that no credential can be made to try it with',
      fix: 'Run it as root, as administrator on Windows, or as the account of the service',
      command: 'sudo scim-connector doctor',
      isFatal: true,
    });
  return failed({
    text: `does not run, and cannot be started: ${shortened(first)}`,
    ...(explained(first) ?? {
      cause: shortened(message, 500),
      fix: 'Mend this, then look at all of it at once',
      command: 'scim-connector check',
    }),
    okta: javaText('getImplementedUserManagementCapabilities', 'java.net.ConnectException: Connection refused'),
    isFatal: true,
  });
}
