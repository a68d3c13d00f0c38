import { ScimError } from '../../../scim/error.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';

/** What an error says to the operator. A bug says nothing and is thrown on. */
export const refusalText = (error: unknown): string => {
  if (error instanceof ScimError || error instanceof LdapFailure) return error.message;
  throw error;
};
