import type { Contact } from '../../vitals/contacts.ts';
import type { FailedTls } from '../../vitals/failed-handshakes.ts';
import type { ErrorGroup } from '../../vitals/last-errors.ts';
import type { Remembered } from '../../vitals/vitals.ts';
import { type Light, ours } from './light.ts';
import { ago } from './time-span.ts';

/** An app that is used imports every day as a rule. Unit: ms. */
const LONG = 7 * 86_400_000;
/** What went wrong longer ago says nothing of now. Unit: ms. */
const LATELY = 86_400_000;

/** What the operator can mend, by the code of the fault. What else fails may be a scanner's. */
const MENDABLE: Readonly<Record<string, Partial<Light>>> = {
  'agent-distrusts-certificate': ours('cert export-ca scim-ca.pem'),
  'agent-certificate-name': ours('cert show'),
  'certificate-expired': ours('cert show'),
  'http-on-https-port': ours('okta sheet'),
};

const isLately = (time: string, now: number): boolean => now - Date.parse(time) < LATELY;

/** The last contact in words. */
const contactText = ({ time, message, actor, address, userAgent, outcome }: Contact, now: number): string =>
  `last contact ${ago(time, now)}: ${message}${outcome === 'done' ? '' : ` (${outcome})`} by ${actor} from ${address}${userAgent ? `, ${userAgent}` : ''}`;

function ofHandshake(failures: readonly FailedTls[], last: string, now: number): Light | undefined {
  const found = failures.find(({ fault, last: at }) => fault in MENDABLE && at > last && isLately(at, now));
  if (found === undefined) return undefined;
  const text = `${ago(found.last, now)}: ${found.text}`;
  return { light: 'agent', status: 'warning', text, ...MENDABLE[found.fault] };
}

/** Somebody knocks with a wrong credential, and nobody has come in since. */
function ofRefusal(errors: readonly ErrorGroup[], last: string, now: number): Light | undefined {
  const found = errors.find(({ reason, last: at }) => reason === 'unauthorized' && at > last && isLately(at, now));
  if (found === undefined) return undefined;
  const text = `${found.address ?? 'somebody'} was refused ${ago(found.last, now)}: ${found.text}`;
  return { light: 'agent', status: 'warning', text, ...ours(`explain ${found.ref}`) };
}

/** Who called last. Okta calls when something happens and not otherwise, so silence alone is no fault. */
export function agentLight({ contacts, errors, handshakes }: Remembered, now: number): Light {
  const [last] = contacts;
  const at = last?.time ?? '';
  const trouble = ofHandshake(handshakes, at, now) ?? ofRefusal(errors, at, now);
  if (trouble && last)
    return { ...trouble, text: `${trouble.text}; last contact ${ago(at, now)} from ${last.address}` };
  if (trouble) return trouble;
  if (last === undefined) return { light: 'agent', status: 'ok', text: 'has not called yet', ...ours('okta sheet') };
  const text = contactText(last, now);
  if (now - Date.parse(at) < LONG) return { light: 'agent', status: 'ok', text };
  return {
    light: 'agent',
    status: 'warning',
    text: `${text}; nothing since: look whether the agent runs and its app in Okta is active`,
  };
}
