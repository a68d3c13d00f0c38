import { openDirectory } from '../../backend/ldap/connection/directory.ts';
import type { Finding } from '../../backend/ldap/examination/finding.ts';
import { printedAccess, type Subject, selfTest } from '../../backend/ldap/examination/self-test.ts';
import { backendOptions, directoryOptions } from '../../backend/ldap/settings/settings.ts';
import { typesOf } from '../../backend/registry.ts';
import type { App } from '../../config/config.ts';

const subjectOf = (app: App): Subject => ({
  options: backendOptions(app),
  types: typesOf(app),
  urls: app.ldap.urls ?? [],
  startTls: app.ldap.start_tls ?? false,
  account: app.ldap.bind_dn ?? 'the client certificate',
  open: async (urls) => openDirectory({ ...directoryOptions(app.ldap), urls }),
});

/** The directory of an app, everything about it that can be found out without writing. */
export const checkDirectory = (app: App): Promise<readonly Finding[]> => selfTest(subjectOf(app));

/** What the directory's administrator has to enter for the service account. */
export const accessOf = (app: App): Promise<string> => printedAccess(subjectOf(app));
