import { failureOf } from '../../failure.ts';
import { type Failed, failed } from '../step.ts';
import { explained } from './explained.ts';
import { javaText, shortened } from './okta-words.ts';

/** Ours does not run and cannot be started: why is the one thing to mend. */
export function startFailure(error: unknown): Failed {
  const { message } = failureOf(error);
  const [first = message] = message.split('\n');
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
