import { AdminClient } from '../../../admin/admin-client.ts';
import { methodKind } from '../../../auth/methods.ts';
import type { ServiceStatus } from '../../../run/service-status.ts';
import type { Remembered } from '../../../vitals/vitals.ts';
import { readVitals } from '../../../vitals/vitals-state.ts';
import { agentLight } from '../../status/agent-light.ts';
import { ago } from '../../status/time-span.ts';
import { tokenLights } from '../../status/token-lights.ts';
import { explained } from '../diagnosis/explained.ts';
import { shortened, taskText } from '../diagnosis/okta-words.ts';
import type { OwnServer } from '../patient.ts';
import { failed, ok, type Step, skipped, type Verdict, warning } from '../step.ts';

/** What went wrong longer ago says nothing of now. Unit: ms. */
const LATELY = 86_400_000;
/** Unit: ms. */
const PATIENCE = 5000;

/** The credential that Okta has, which is not the one that is used here. */
export const oktaCredential: Step = {
  name: 'oktaCredential',
  title: 'Authorization: that of Okta',
  run: async ({ own }) => {
    if (own === undefined) return skipped('only for a connector of ours');
    const lights = await tokenLights(own.config, Date.now());
    const light = lights.find(({ app }) => app === undefined || app === own.app.name);
    if (methodKind(own.app.auth.method).open)
      return warning('none: whoever reaches the port may do everything', 'Set auth.method to "header" or "basic"');
    if (light === undefined || light.status === 'ok') return ok(light?.text ?? 'none is needed');
    if (light.status === 'warning')
      return warning(
        light.text,
        'Make one, and enter it in Okta',
        `scim-connector token add NAME${methodKind(own.app.auth.method).credential === 'basic' ? ' --basic USERNAME' : ''}`,
      );
    const known = explained('the token has expired: make a new one with token add NAME');
    return failed({
      text: light.text,
      cause: 'no credential that Okta could have is valid any more',
      fix: 'Make a new one, enter it in Okta, Test and Save',
      ...known,
      okta: taskText('getImplementedUserManagementCapabilities', 401, 'the token has expired'),
    });
  },
};

/** What the service knows, or what the last one has left. */
async function remembered({ config }: OwnServer): Promise<Remembered | undefined> {
  const client = new AdminClient(config.state_dir, PATIENCE);
  return client.get<ServiceStatus>('/status').catch(() => readVitals(config.state_dir));
}

function lastError({ errors }: Remembered, app: string, now: number): Verdict | undefined {
  const recent = errors.filter((one) => one.app === app && now - Date.parse(one.last) < LATELY);
  const [latest, ...others] = recent;
  if (latest === undefined) return undefined;
  const { message, last, text, ref } = latest;
  const more = others.length === 0 ? '' : `; and ${others.length} other kinds of errors within a day`;
  return warning(
    `${ago(last, now)}, ${message}: ${shortened(text)}${more}`,
    'See its cause and its fix',
    `scim-connector explain ${ref}`,
  );
}

/** What Okta's agent met when it called last: its side cannot be seen from here otherwise. */
export const oktaSoFar: Step = {
  name: 'oktaSoFar',
  title: "Okta's last calls",
  run: async ({ own }) => {
    if (own === undefined) return skipped('only for a connector of ours');
    const known = await remembered(own);
    if (known === undefined) return ok('none yet');
    const now = Date.now();
    const light = agentLight(known, now);
    const error = lastError(known, own.app.name, now) ?? lastError(known, '', now);
    if (error) return error;
    if (light.status === 'ok') return ok(shortened(light.text));
    const { fix, command } = explained(light.text) ?? { fix: 'See how it is', command: 'scim-connector status' };
    return warning(shortened(light.text), fix, command);
  },
};
