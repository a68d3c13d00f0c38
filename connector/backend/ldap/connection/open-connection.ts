import { LdapFailure } from '../directory/ldap-failure.ts';
import { bindFailure } from './bind-failure.ts';
import { Connection } from './connection.ts';
import { unlessAborted, withDeadline } from './deadline.ts';
import type { ResolvedOptions, ServiceBind } from './directory-options.ts';
import { openSocket } from './open-socket.ts';
import type { ServerAddress } from './server-address.ts';
import { Wire } from './wire.ts';

async function authenticate(wire: Wire, bind: ServiceBind): Promise<void> {
  if (bind.kind === 'external') return wire.bindExternal();
  const password = await bind.password();
  // RFC 4513 §5.1.2: a name without a password binds anonymously and looks like success.
  if (bind.dn === '' || password === '')
    throw new LdapFailure('bind_dn and its password must not be empty', { lasting: true });
  return wire.bind(bind.dn, password);
}

/** @param isReached  the server took the connection */
const silence = ({ security }: ServerAddress, isReached: boolean): string =>
  isReached && security === 'clear'
    ? 'the server does not answer the bind, or speaks TLS on this port: check the port, or use ldaps://'
    : 'the server or the network is silent';

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
  let isReached = false;
  const text = (): string =>
    `${address.url}: no connection within ${timeouts.connect / 1000} s; ${silence(address, isReached)}`;
  return withDeadline(signal, timeouts.connect, text, async (limited) => {
    const socket = await openSocket({
      address,
      trust,
      bind: options.bind,
      signal: limited,
      ...(servername === undefined ? {} : { servername }),
    });
    isReached = true;
    try {
      const wire = new Wire(socket);
      await unlessAborted(limited, authenticate(wire, bind)).catch((error: unknown) => {
        throw error === limited.reason || error instanceof LdapFailure
          ? error
          : bindFailure(address, error, bind === options.bind ? bind : undefined);
      });
      return new Connection(address.url, wire, socket, onLost);
    } catch (error) {
      socket.destroy();
      throw error;
    }
  });
}
