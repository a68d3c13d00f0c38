import { methodKind } from '../../../auth/methods.ts';
import { requireServed, saidBriefly, saidBy } from '../diagnosis/refusal.ts';
import type { Patient } from '../patient.ts';
import { failed, ok, type Step, skipped, type Verdict, warning } from '../step.ts';
import type { Reply } from '../wire.ts';

const MESSAGE = 'getImplementedUserManagementCapabilities';
const WRONG = 'doctor-wrong-credential';

/** What the credential is in, if any was given: its header's name and value. */
const credentialOf = ({ headers }: Patient): readonly [string, string] | undefined => {
  const all = Object.entries(headers);
  return all.find(([name]) => /^authorization$/i.test(name)) ?? all[0];
};

/** Nothing is asked for: everybody comes in. */
const isOpen = ({ own }: Patient): boolean => own !== undefined && methodKind(own.app.auth.method).open;

const without = ({ headers }: Patient, name: string, value?: string): Readonly<Record<string, string>> => {
  const { [name]: _, ...others } = headers;
  return value === undefined ? others : { ...others, [name]: value };
};

/** The same scheme with another secret. */
function wrongValue(value: string): string {
  const [scheme = '', secret] = value.split(/ (.*)/s);
  if (/^basic$/i.test(scheme)) return `Basic ${Buffer.from(`okta:${WRONG}`).toString('base64')}`;
  return secret === undefined ? WRONG : `${scheme} ${WRONG}`;
}

/** What SCIM 2.0 says of itself anybody may read (RFC 7644 §4). */
const GUARDED = { '1.1': '/ServiceProviderConfigs', '2.0': '/Users?startIndex=1&count=1' } as const;

const ask = async ({ wire, speech }: Patient, headers: Readonly<Record<string, string>>): Promise<Reply> =>
  requireServed(await wire.ask(MESSAGE, GUARDED[speech.version], { headers }));

function refusedVerdict(reply: Reply, what: string): Verdict {
  const { status } = reply;
  if (status === 401) return ok(`401: ${saidBriefly(reply)}`);
  if (status >= 200 && status < 300)
    return failed({
      text: `${what} is let in`,
      cause: 'the server does not look at the credential: whoever reaches its port may do everything',
      fix: 'Ask for a credential, and answer 401 to others; this must be refused',
      command: `curl -sk -i '${reply.url}'`,
      okta: 'nothing: every credential passes Test Connector Configuration',
    });
  return warning(`${status} instead of 401: ${saidBy(reply)}`, 'Answer 401, so that Okta shows it as a bad credential');
}

function access(
  name: string,
  title: string,
  what: string,
  headersOf: (patient: Patient, header: string, value: string) => Readonly<Record<string, string>>,
): Step {
  return {
    name,
    title,
    run: async (patient) => {
      if (isOpen(patient)) return skipped('auth.method = "none": everybody is let in');
      const [header, value] = credentialOf(patient) ?? [];
      if (header === undefined || value === undefined) return skipped('no credential was given: --header');
      return refusedVerdict(await ask(patient, headersOf(patient, header, value)), what);
    },
  };
}

export const wrongToken = access(
  'wrongToken',
  'Authorization: a wrong one',
  'a wrong credential',
  (patient, header, value) => without(patient, header, wrongValue(value)),
);

export const noCredential = access(
  'noCredential',
  'Authorization: none',
  'whoever shows no credential',
  (patient, header) => without(patient, header),
);

/** The administrator types the word Bearer himself, and often forgets it (docs/okta-agent.md, Problems). */
export const bareToken: Step = {
  name: 'bareToken',
  title: 'Authorization: without Bearer',
  run: async (patient) => {
    const [header, value] = credentialOf(patient) ?? [];
    const bare = /^bearer (.*)$/i.exec(value ?? '')?.[1];
    if (header === undefined || bare === undefined) return skipped('no bearer token is used');
    const reply = await ask(patient, without(patient, header, bare));
    const { status } = reply;
    if (status >= 200 && status < 300) return ok('taken all the same; in Okta the word belongs before the token');
    if (status === 401) return ok(`401: ${saidBriefly(reply)}`);
    return warning(`${status} instead of 401: ${saidBy(reply)}`, 'Answer 401 to a token without the word Bearer');
  },
};
