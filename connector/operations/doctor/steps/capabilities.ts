import { isObject } from '../../../simulator/judgement.ts';
import { isScim2, scim2Failure } from '../diagnosis/scim-2.ts';
import { bodyFailure, shapeFailure } from '../diagnosis/shape-failure.ts';
import type { Patient } from '../patient.ts';
import { ok, type Step, StepFailed, type Verdict, warning } from '../step.ts';
import type { Reply } from '../wire.ts';

const MESSAGE = 'getImplementedUserManagementCapabilities';
const BLOCK = 'urn:okta:schemas:scim:providerconfig:1.0';
/** Of SCIM 1.1 (docs/okta-agent.md, Capabilities). */
const KNOWN = (
  'IMPORT_NEW_USERS OPP_SCIM_INCREMENTAL_IMPORTS IMPORT_PROFILE_UPDATES PUSH_NEW_USERS PUSH_PENDING_USERS ' +
  'PUSH_PROFILE_UPDATES PUSH_PASSWORD_UPDATES PUSH_USER_DEACTIVATION REACTIVATE_USERS GROUP_PUSH'
).split(' ');

/** The reply to what SCIM 1.1 asks first. A server of SCIM 2.0 is known by its own spelling of the same. @throws StepFailed */
async function asked({ wire, baseUrl }: Patient): Promise<Reply> {
  const reply = await wire.ask(MESSAGE, '/ServiceProviderConfigs');
  if (isScim2(reply)) throw new StepFailed(scim2Failure(reply, baseUrl));
  const failure = bodyFailure(reply);
  if (failure === undefined) return reply;
  if (reply.status === 404 || reply.status === 405 || reply.status === 501) {
    const other = await wire.ask(MESSAGE, '/ServiceProviderConfig');
    if (isScim2(other)) throw new StepFailed(scim2Failure(reply, baseUrl));
  }
  // Nothing else of Okta's works before this does.
  throw new StepFailed({ ...failure, isFatal: true });
}

function namesIn(reply: Reply): readonly string[] | undefined {
  if (!isObject(reply.body)) throw new StepFailed(shapeFailure(reply, 'noJson'));
  const block = reply.body[BLOCK];
  const names: unknown = isObject(block) ? block['userManagementCapabilities'] : undefined;
  return Array.isArray(names) ? names.map(String) : undefined;
}

function verdictOn(names: readonly string[] | undefined): Verdict {
  if (names === undefined)
    return warning(
      `SCIM 1.1; no list of capabilities, so that Okta offers every function, also those that fail`,
      `Add "${BLOCK}" with userManagementCapabilities to the answer`,
    );
  const strange = names.filter((name) => !KNOWN.includes(name));
  if (strange.length > 0)
    return warning(
      `SCIM 1.1; Okta does not know the capability ${strange[0]}, and will not offer it`,
      'Write it as Okta does: PUSH_NEW_USERS, for instance, has an S at the end',
    );
  if (names.length === 0) return warning('SCIM 1.1; the list of capabilities is empty: Okta offers nothing');
  const missing = KNOWN.filter((name) => !names.includes(name));
  const not = missing.length === 0 ? '' : `, not ${missing.join(' ')}`;
  return ok(`SCIM 1.1; Okta will offer ${names.length} of ${KNOWN.length} functions${not}`);
}

/** What Okta asks first (docs/okta-agent.md, Traffic). */
export const testConnector: Step = {
  name: MESSAGE,
  title: 'Test Connector Configuration',
  run: async (patient) => {
    const names = namesIn(await asked(patient));
    patient.learnt.capabilities = names ?? [];
    return verdictOn(names);
  },
};

/** And the same again. */
export const saveConnector: Step = {
  name: 'save',
  title: 'Save',
  run: async (patient) => {
    const names = namesIn(await asked(patient)) ?? [];
    const before = patient.learnt.capabilities ?? [];
    if (String(names) === String(before)) return ok('the same answer again');
    return warning(`other capabilities than a moment ago: ${names.length} instead of ${before.length}`);
  },
};
