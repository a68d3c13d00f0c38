import { typesOf } from '../module/app-settings.ts';
import type { Finding } from '../module/finding.ts';
import { neededCertificates } from './connection/certificates.ts';
import { openDirectory } from './connection/directory.ts';
import { printedAccess } from './examination/printed-access.ts';
import { selfTest } from './examination/self-test.ts';
import type { Subject } from './examination/subject.ts';
import { LDAP_DEFAULTS } from './settings/defaults.ts';
import type { LdapApp } from './settings/options.ts';
import { backendOptions, directoryOptions } from './settings/settings.ts';

function subjectOf(app: LdapApp): Subject {
  const { urls = [], start_tls = LDAP_DEFAULTS.start_tls, bind_dn = 'the client certificate' } = app.ldap;
  return {
    options: backendOptions(app),
    types: typesOf(app),
    urls,
    startTls: start_tls,
    account: bind_dn,
    readOnly: app.read_only,
    certificates: (url) => neededCertificates(directoryOptions(app.ldap), url),
    open: (chosen) => openDirectory({ ...directoryOptions(app.ldap), urls: chosen }),
  };
}

/** The directory of an app, everything about it that can be found out without writing. */
export const examine = (app: LdapApp): Promise<readonly Finding[]> => selfTest(subjectOf(app));

/** What the directory's administrator has to enter for the service account. */
export const access = (app: LdapApp): Promise<string> => printedAccess(subjectOf(app));
