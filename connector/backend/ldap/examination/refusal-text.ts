import { ScimError } from '../../../scim/error.ts';
import { blotted } from '../directory/blotted.ts';
import { failureIn, LdapFailure } from '../directory/ldap-failure.ts';

/** What an error says to the operator, the server's own words with it. A bug says nothing and is thrown on. */
export const refusalText = (error: unknown): string => {
  if (!(error instanceof ScimError || error instanceof LdapFailure)) throw error;
  const { diagnostic = '', operation } = failureIn(error) ?? {};
  const words = blotted(diagnostic, operation);
  return words === '' ? error.message : `${error.message}; the server says: ${words}`;
};
