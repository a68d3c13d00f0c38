import type { Trust } from '../connection/directory-options.ts';
import { type Presented, presentedBy } from '../connection/presented-chain.ts';
import { parseAddress } from '../connection/server-address.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import type { Attempt } from './typed-address.ts';

/** The first way that led to a server. */
export interface Reached extends Presented {
  readonly attempt: Attempt;
}

const notLdap = (error: unknown): LdapFailure => {
  if (error instanceof LdapFailure) return error;
  throw error;
};

/** Each failure once: a host that is not known is not known at any port. */
function together(failures: readonly LdapFailure[]): LdapFailure {
  const [first] = failures;
  const bare = failures.map(({ message }) => message.replace(/^\S+: /, ''));
  if (first && new Set(bare).size === 1) return first;
  return new LdapFailure(failures.map(({ message }) => message).join('\n'), { cause: first, fault: first?.fault });
}

/** One way after the other. @throws LdapFailure that names them all, when none leads anywhere */
export async function reachServer(attempts: readonly Attempt[], trust: Trust, signal: AbortSignal): Promise<Reached> {
  const failures: LdapFailure[] = [];
  for (const attempt of attempts) {
    const address = parseAddress(attempt.url, { startTls: attempt.startTls, insecure: false });
    try {
      return { attempt, ...(await presentedBy(address, trust, signal)) };
    } catch (error) {
      signal.throwIfAborted();
      failures.push(notLdap(error));
    }
  }
  throw together(failures);
}
