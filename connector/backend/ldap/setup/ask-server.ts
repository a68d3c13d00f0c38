import { isLoopback } from '../../../config/vocabulary/listen.ts';
import type { Interviewer } from '../../module/interview.ts';
import type { Trust } from '../connection/directory-options.ts';
import { canBePinned, presentedBy } from '../connection/presented-chain.ts';
import { parseAddress } from '../connection/server-address.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { chainText } from './chain-text.ts';
import { pinOf } from './pin.ts';
import { type Reached, reachServer } from './reach-server.ts';
import { type Attempt, typedAddress } from './typed-address.ts';

export interface Server extends Attempt {
  readonly trust: Trust;
}

/** What is configured already. */
export interface KnownServer {
  readonly url?: string | undefined;
  readonly trust: Trust;
}

const HELP =
  'The LDAP server that people are kept in: a host, host:port, or ldaps://host. TLS is found out; a certificate that is not known is shown first.';

async function ask(known: string | undefined, interviewer: Interviewer): Promise<readonly Attempt[]> {
  const typed = await interviewer.ask({
    text: 'Address of the directory',
    ...(known === undefined ? {} : { standard: known }),
    help: HELP,
    complaint: (answer) => {
      const read = typedAddress(answer, isLoopback);
      return 'complaint' in read ? read.complaint : undefined;
    },
  });
  const read = typedAddress(typed, isLoopback);
  return 'attempts' in read ? read.attempts : ask(known, interviewer);
}

const secured = ({ attempt: { url, startTls }, chain }: Reached): string =>
  chain.length === 0
    ? `${url}: connected in clear text, which stays on this machine`
    : `${url}: connected with TLS${startTls ? ' (StartTLS)' : ''}`;

/** Whether somebody agrees to a certificate that is not known, and what is believed then. @throws LdapFailure */
async function agreed(reached: Reached, { choose, say, signal }: Interviewer): Promise<Trust | undefined> {
  const { attempt, chain } = reached;
  const pin = pinOf(chain);
  if (!pin) return undefined;
  say(`${attempt.url} shows these certificates, which are not known here:\n${chainText(chain)}`);
  const answer = await choose({
    text: 'Are these the right ones?',
    choices: [
      { value: 'yes', label: 'yes, trust them', help: `From now on nothing else is believed. Pinned is ${pin.what}.` },
      {
        value: 'no',
        label: 'no, type another address',
        help: "Compare the fingerprints with the directory's administrator.",
      },
    ],
  });
  if (answer === 'no') return undefined;
  const { objection } = await presentedBy(
    parseAddress(attempt.url, { ...attempt, insecure: false }),
    pin.trust,
    signal,
  );
  if (objection) throw objection;
  return pin.trust;
}

async function tried(
  attempts: readonly Attempt[],
  known: Trust,
  interviewer: Interviewer,
): Promise<Server | undefined> {
  const reached = await reachServer(attempts, known, interviewer.signal);
  if (reached.objection && !canBePinned(reached)) throw reached.objection;
  const trust = reached.objection ? await agreed(reached, interviewer) : known;
  if (!trust) return undefined;
  interviewer.say(secured(reached));
  return { ...reached.attempt, trust };
}

/** Asks for an address until it leads to a directory's server whose certificate is believed. */
export async function askServer(known: KnownServer, interviewer: Interviewer): Promise<Server> {
  const attempts = await ask(known.url, interviewer);
  const typed = attempts[0]?.url;
  try {
    const server = await tried(attempts, known.trust, interviewer);
    if (server) return server;
  } catch (error) {
    if (!(error instanceof LdapFailure)) throw error;
    interviewer.refuse(error.message);
  }
  return askServer({ ...known, url: typed }, interviewer);
}
