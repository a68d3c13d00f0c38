import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shortestFile } from '../../support/directories/shortest-file.ts';
import { TcpRelay } from '../../support/tcp-relay.ts';
import { startDirectory } from '../directory-servers.ts';
import type { Bench } from '../trial.ts';
import type { SharedStore } from './pair.ts';

/** One OpenLDAP for both, without a state that they share. */
export async function directoryStore(bench: Bench): Promise<SharedStore> {
  const lab = await startDirectory(bench, 'openldap');
  return {
    serving: async (place, folder) => {
      // It listens on loopback alone, which is another one there.
      const relay = await new TcpRelay(lab.securePort).listen('0.0.0.0');
      bench.whenOver(() => relay.close());
      const { host, port } = await place.toDatabase(relay.port);
      const file = join(folder, 'connector.toml');
      const text = shortestFile(lab).replace(`["${lab.url}"]`, `["ldaps://${host}:${port}"]\nservername = "localhost"`);
      writeFileSync(file, text);
      const env = { LDAP_PASSWORD: lab.flavour.service.password, CONNECTOR_SERVER__CURSOR_KEY: 'k'.repeat(40) };
      return { words: ['--config', file], env };
    },
  };
}
