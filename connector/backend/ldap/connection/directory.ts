import { debuglog } from 'node:util';
import { LdapFailure } from '../directory/ldap-failure.ts';
import type { Directory } from '../directory/session.ts';
import { type DirectoryOptions, withDefaults } from './directory-options.ts';
import { PooledDirectory } from './pooled-directory.ts';
import { Server } from './server.ts';
import { parseAddress } from './server-address.ts';

/**
 * Checks the options and reads the password once; connects when the first work comes, so a directory that is down
 * does not keep the connector from starting.
 * @throws LdapFailure for a URL that would send the password in clear text, an empty password, `NODE_DEBUG=ldapts`
 */
export async function openDirectory(options: DirectoryOptions): Promise<Directory> {
  // Its debug output holds passwords of people.
  if (debuglog('ldapts').enabled)
    throw new LdapFailure('NODE_DEBUG=ldapts prints passwords; unset it', { fault: 'mapping-invalid' });
  const all = withDefaults(options);
  const [first, ...others] = all.urls.map((url) => new Server(parseAddress(url, all), all));
  if (!first) throw new LdapFailure('urls: name at least one directory server', { fault: 'mapping-invalid' });
  if (all.bind.kind === 'external') {
    if (all.urls.some((url) => url.startsWith('ldap:')) && !all.startTls) {
      throw new LdapFailure('a client certificate needs TLS; use ldaps:// or start_tls', { fault: 'mapping-invalid' });
    }
  } else if (all.bind.dn === '' || (await all.bind.password()) === '') {
    throw new LdapFailure('bind_dn and its password must not be empty', { fault: 'mapping-invalid' });
  }
  return new PooledDirectory(all, [first, ...others]);
}
