import { ScimError } from '../../scim/error.ts';
import { typesOf } from '../module/app-settings.ts';
import type { MappedRehearsal } from '../module/mapping.ts';
import { openDirectory } from './connection/directory.ts';
import { entryAt } from './directory/entry-at.ts';
import { formatLdif } from './directory/ldif.ts';
import { DryRunDirectory } from './dry-run/dry-run-directory.ts';
import { profileOf } from './layout/detect-profile.ts';
import { branchOf } from './layout/tree.ts';
import { LdapBackend } from './ldap-backend.ts';
import type { LdapApp } from './settings/options.ts';
import { backendOptions, directoryOptions } from './settings/settings.ts';

/** Unit: ms. */
const DEADLINE = 25_000;

/** The real verbs on a directory that only remembers what it is told to write. */
export async function rehearse(app: LdapApp): Promise<MappedRehearsal> {
  const options = backendOptions(app);
  const real = await openDirectory(directoryOptions(app.ldap));
  try {
    const profile = profileOf(options, await real.rootDse(AbortSignal.timeout(DEADLINE)));
    const directory = new DryRunDirectory(real, profile);
    const backend = new LdapBackend(options, typesOf(app), async () => directory);
    await backend.open();
    return {
      backend,
      language: 'LDIF',
      operations: () => formatLdif(directory.operations),
      nameAt: async (type, dn, signal) => {
        const { natural } = branchOf(backend.tree, type);
        const entry = await directory.read(signal, (session) => entryAt(session, dn, { attributes: [natural.ldap] }));
        const name = entry?.attributes.get(natural.key)?.[0];
        if (name === undefined)
          throw new ScimError('notFound', `${dn}: no entry with ${natural.ldap} is to be seen there`, {
            fault: 'entry-outside-filter',
          });
        return name.toString();
      },
      whereabouts: (type) => {
        const { base, section, type: kept } = branchOf(backend.tree, type);
        return `below ${base}; check ${section}.base, ${section}.filter and the line of ${kept.naturalKey}`;
      },
      close: () => real.close(),
    };
  } catch (error) {
    await real.close();
    throw error;
  }
}
