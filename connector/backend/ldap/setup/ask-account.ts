import type { Interviewer } from '../../module/interview.ts';
import { openDirectory } from '../connection/directory.ts';
import type { DirectoryOptions, ServiceBind } from '../connection/directory-options.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';

/** Who the connector logs in as. */
export interface Account {
  readonly dn: string;
  readonly password: string;
  /** The one that was stored before. */
  readonly isKept: boolean;
}

export interface KnownAccount {
  readonly dn?: string | undefined;
  readonly password?: string | undefined;
}

const HELP =
  'The account that the connector logs in with: its DN, such as cn=scim,ou=services,dc=example,dc=com; in Active Directory also scim@corp.example. It needs rights below people and groups and nowhere else: an account of its own, not an administrator.';

const isName = (text: string): boolean =>
  /^[\w.-]+\s*=\s*\S/.test(text) || /^\S+@\S+$/.test(text) || /^[^\\\s]+\\\S/.test(text);

async function asked(known: KnownAccount, interviewer: Interviewer): Promise<Account> {
  const dn = await interviewer.ask({
    text: 'Service account',
    ...(known.dn === undefined ? {} : { standard: known.dn }),
    help: HELP,
    complaint: (answer) =>
      isName(answer) ? undefined : 'type its DN, such as cn=scim,ou=services,dc=example,dc=com, or user@domain',
  });
  const isSame = dn === known.dn && known.password !== undefined;
  const typed = await interviewer.askSecret({
    text: isSame ? 'Its password (Enter keeps it)' : 'Its password',
    mayKeep: isSame,
  });
  return { dn, password: typed ?? known.password ?? '', isKept: typed === undefined };
}

export const bindAs = ({ dn, password }: Account): ServiceBind => ({ kind: 'simple', dn, password: () => password });

/** Asks until the server lets the account in. @param options  how to reach it */
export async function askAccount(
  known: KnownAccount,
  options: Omit<DirectoryOptions, 'bind'>,
  interviewer: Interviewer,
): Promise<Account> {
  const account = await asked(known, interviewer);
  const directory = await openDirectory({ ...options, bind: bindAs(account) });
  try {
    await directory.rootDse(interviewer.signal);
    return account;
  } catch (error) {
    interviewer.signal.throwIfAborted();
    if (!(error instanceof LdapFailure)) throw error;
    interviewer.refuse(error.message);
    return await askAccount(
      { ...known, dn: account.dn, ...(account.isKept ? { password: undefined } : {}) },
      options,
      interviewer,
    );
  } finally {
    await directory.close();
  }
}
