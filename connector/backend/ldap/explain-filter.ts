import { typesOf } from '../module/app-settings.ts';
import type { FilterExplanation, FilterQuestion } from '../module/filter-explanation.ts';
import { openDirectory } from './connection/directory.ts';
import { translated } from './directory/ldap-errors.ts';
import { explainSearch } from './explanation/explain-search.ts';
import type { LdapApp } from './settings/options.ts';
import { backendOptions, directoryOptions } from './settings/settings.ts';

/** On a connection of its own, beside a service that runs. @throws unavailable and the like */
export async function explainFilter(app: LdapApp, question: FilterQuestion): Promise<FilterExplanation> {
  const directory = await openDirectory(directoryOptions(app.ldap));
  try {
    const subject = { directory, options: backendOptions(app), account: app.ldap.bind_dn ?? 'the client certificate' };
    return await translated({ operation: 'read', type: question.type.name }, () =>
      explainSearch(subject, typesOf(app), question),
    );
  } finally {
    await directory.close();
  }
}
