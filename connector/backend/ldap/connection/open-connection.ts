import { ResultCodeError } from 'ldapts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT, resultName } from '../directory/result-code.ts';
import { Connection } from './connection.ts';
import { unlessAborted, withDeadline } from './deadline.ts';
import type { ResolvedOptions, ServiceBind } from './directory-options.ts';
import { openSocket } from './open-socket.ts';
import type { ServerAddress } from './server-address.ts';
import { Wire } from './wire.ts';

/** The server said no to the bind. Repeating it may lock the account. */
export class BindRefused extends LdapFailure {}

/** Codes of a server that would bind but cannot now (RFC 4511 §A.2): no verdict on the credentials. */
const NOT_NOW: ReadonlySet<number> = new Set([RESULT.busy, RESULT.unavailable, RESULT.other]);

const HINTS: Readonly<Record<number, string>> = {
  [RESULT.authMethodNotSupported]: 'the server does not offer this kind of bind',
  [RESULT.strongerAuthRequired]: 'the server wants encryption; use ldaps:// or start_tls',
  [RESULT.confidentialityRequired]: 'the server wants encryption; use ldaps:// or start_tls',
  [RESULT.noSuchObject]: 'check bind_dn',
  [RESULT.invalidDNSyntax]: 'check bind_dn',
  [RESULT.invalidCredentials]: 'check bind_dn and its password',
};

function bindFailure(url: string, error: unknown): LdapFailure {
  if (!(error instanceof ResultCodeError)) {
    return new LdapFailure(`${url}: the server hung up during the bind`, { cause: error });
  }
  const { code } = error;
  const hint = HINTS[code];
  const text = `${url}: the bind is refused: ${resultName(code)}${hint === undefined ? '' : `; ${hint}`}`;
  return NOT_NOW.has(code)
    ? new LdapFailure(text, { code, cause: error })
    : new BindRefused(text, { code, cause: error, diagnostic: error.message });
}

async function authenticate(wire: Wire, bind: ServiceBind): Promise<void> {
  if (bind.kind === 'external') return wire.bindExternal();
  const password = await bind.password();
  // RFC 4513 §5.1.2: a name without a password binds anonymously and looks like success.
  if (bind.dn === '' || password === '') throw new LdapFailure('bind_dn and its password must not be empty');
  return wire.bind(bind.dn, password);
}

/**
 * TCP, TLS and bind under one deadline: a connection that exists is encrypted as configured and bound as asked.
 * @param bind the service account's, or a person's whose password is checked
 * @throws BindRefused, LdapFailure
 */
export function openConnection(
  address: ServerAddress,
  options: ResolvedOptions,
  bind: ServiceBind,
  onLost: (connection: Connection) => void,
  signal?: AbortSignal,
): Promise<Connection> {
  const { timeouts, trust, servername } = options;
  const text = `${address.url}: no connection within ${timeouts.connect / 1000} s; the server or the network is silent`;
  return withDeadline(signal, timeouts.connect, text, async (limited) => {
    const socket = await openSocket({
      address,
      trust,
      bind: options.bind,
      signal: limited,
      ...(servername === undefined ? {} : { servername }),
    });
    try {
      const wire = new Wire(socket);
      await unlessAborted(limited, authenticate(wire, bind)).catch((error: unknown) => {
        throw error === limited.reason || error instanceof LdapFailure ? error : bindFailure(address.url, error);
      });
      return new Connection(address.url, wire, socket, onLost);
    } catch (error) {
      socket.destroy();
      throw error;
    }
  });
}
