import { isObject } from '../../../simulator/judgement.ts';
import type { Speech } from '../../../simulator/speech/speech.ts';
import { isScim2, scim2Failure } from '../diagnosis/scim-2.ts';
import { bodyFailure, shapeFailure } from '../diagnosis/shape-failure.ts';
import type { Patient } from '../patient.ts';
import { ok, type Step, StepFailed, type Verdict, warning } from '../step.ts';
import type { Reply } from '../wire.ts';

const MESSAGE = 'getImplementedUserManagementCapabilities';
const BLOCK = 'urn:okta:schemas:scim:providerconfig:1.0';
/** docs/okta-agent.md, Capabilities. */
const COMMON = (
  'IMPORT_NEW_USERS OPP_SCIM_INCREMENTAL_IMPORTS IMPORT_PROFILE_UPDATES PUSH_NEW_USERS PUSH_PENDING_USERS ' +
  'PUSH_PROFILE_UPDATES PUSH_PASSWORD_UPDATES PUSH_USER_DEACTIVATION REACTIVATE_USERS GROUP_PUSH'
).split(' ');
const KNOWN: Readonly<Record<Speech['version'], readonly string[]>> = {
  '1.1': COMMON,
  '2.0': [...COMMON, 'IMPORT_USER_SCHEMA'],
};

/** The reply to what is asked first. Of SCIM 1.1 a server of 2.0 is known by its own spelling of the same. @throws StepFailed */
async function asked({ wire, baseUrl, speech }: Patient): Promise<Reply> {
  const reply = await wire.ask(MESSAGE, speech.configuration);
  const isOlder = speech.version === '1.1';
  if (isOlder && isScim2(reply)) throw new StepFailed(scim2Failure(reply, baseUrl));
  const failure = bodyFailure(reply);
  if (failure === undefined) return reply;
  if (isOlder && [404, 405, 501].includes(reply.status)) {
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

function verdictOn({ version }: Speech, names: readonly string[] | undefined): Verdict {
  const known = KNOWN[version];
  if (names === undefined)
    return warning(
      `SCIM ${version}; no list of capabilities, so that Okta offers every function, also those that fail`,
      `Add "${BLOCK}" with userManagementCapabilities to the answer`,
    );
  const strange = names.filter((name) => !known.includes(name));
  if (strange.length > 0)
    return warning(
      `SCIM ${version}; Okta does not know the capability ${strange[0]}, and will not offer it`,
      'Write it as Okta does: PUSH_NEW_USERS, for instance, has an S at the end',
    );
  if (names.length === 0) return warning(`SCIM ${version}; the list of capabilities is empty: Okta offers nothing`);
  const missing = known.filter((name) => !names.includes(name));
  const not = missing.length === 0 ? '' : `, not ${missing.join(' ')}`;
  return ok(`SCIM ${version}; Okta will offer ${names.length} of ${known.length} functions${not}`);
}

/** What Okta asks first (docs/okta-agent.md, Traffic). */
export const testConnector: Step = {
  name: MESSAGE,
  title: 'Test Connector Configuration',
  run: async (patient) => {
    const names = namesIn(await asked(patient));
    patient.learnt.capabilities = names ?? [];
    return verdictOn(patient.speech, names);
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
