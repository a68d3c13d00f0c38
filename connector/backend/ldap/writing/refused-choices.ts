import { diagnose } from '../directory/diagnosis.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Chosen } from './free-values.ts';

/**
 * Those of the chosen values that the directory refused as taken: what it names; where it only says that the entry
 * exists, the name. None when it is about something else, which no other choice would mend.
 */
export function refusedChoices(error: unknown, chosen: readonly Chosen[]): readonly Chosen[] {
  if (!(error instanceof LdapFailure) || error.operation?.kind !== 'add') return [];
  const diagnosis = diagnose(error.diagnostic, error.code);
  if (diagnosis?.fault === 'taken') {
    const named = new Set(diagnosis.attributes.map((attribute) => attribute.toLowerCase()));
    return chosen.filter(({ slot }) => named.has(slot.key));
  }
  return error.code === RESULT.entryAlreadyExists ? chosen.filter(({ slot }) => slot.names) : [];
}
