import type { Caller, Database } from '../../postgres/database.ts';
import type { CredentialDesk } from '../credentials/credential-desk.ts';
import { listed } from '../credentials/listed-credential.ts';
import { type MadeCredential, makeCredential, withAdded, withoutNamed } from '../credentials/make-credential.ts';
import { changeCredentials, readCredentials, readUse } from './credential-table.ts';

/** Longest that an operator waits for a change that others are in the way of. Unit: ms. */
const PATIENCE = 15_000;

const caller = (): Caller => ({ signal: AbortSignal.timeout(PATIENCE) });

/** The desk that several connectors share. */
export const tableDesk = (database: Database): CredentialDesk => ({
  list: (options) =>
    database.transaction(caller(), async (session) => {
      const { credentials, now } = await readCredentials(session);
      return listed(credentials, await readUse(session), options, now);
    }),
  add: async (wanted) => {
    let made: MadeCredential | undefined;
    await changeCredentials(database, caller(), (all, now) => {
      made = makeCredential(wanted, now);
      return withAdded(all, made.credential);
    });
    return (made as unknown as MadeCredential).secret;
  },
  revoke: (name) => changeCredentials(database, caller(), (all) => withoutNamed(all, name)),
  remove: (isOver) => changeCredentials(database, caller(), (all) => all.filter((one) => !isOver(one))),
});
