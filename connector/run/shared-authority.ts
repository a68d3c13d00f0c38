import type { SealedValues } from '../shared-state/sealed-values.ts';
import type { AuthorityInUse, SharedAuthority } from '../tls/own/shared-authority.ts';

const NAME = 'authority';

const parsed = (text: string): AuthorityInUse => JSON.parse(text);

/** The authority of all connectors of a database, sealed there. */
export const sharedAuthority = (sealed: SealedValues): SharedAuthority => ({
  read: async () => {
    const text = await sealed.read(NAME);
    return text === undefined ? undefined : parsed(text);
  },
  keep: async (first) => parsed(await sealed.keep(NAME, () => JSON.stringify(first))),
  replace: (next) => sealed.replace(NAME, JSON.stringify(next)),
});
