import { neededCertificates } from '../../../connector/backend/ldap/connection/certificates.ts';
import { openDirectory } from '../../../connector/backend/ldap/connection/directory.ts';
import type { Subject } from '../../../connector/backend/ldap/examination/subject.ts';
import type { Account } from './flavours.ts';
import type { DirectoryLab } from './lab.ts';
import { types } from './ldap-backend.ts';
import { serviceOptions } from './service-directory.ts';

/** What `check` looks at, on `lab` with `account`. */
export const subjectOf = (
  lab: DirectoryLab,
  more: Partial<Subject['options']> = {},
  account: Account = lab.flavour.service,
): Subject => ({
  options: { ldap: {}, users: { base: lab.flavour.people }, groups: { base: lab.flavour.groups }, ...more },
  types,
  urls: [lab.url],
  account: account.dn,
  certificates: (url) =>
    neededCertificates({ ...serviceOptions(lab), bind: { kind: 'simple', dn: account.dn, password: () => '' } }, url),
  open: async (urls) =>
    openDirectory({
      ...serviceOptions(lab),
      bind: { kind: 'simple', dn: account.dn, password: () => account.password },
      urls,
    }),
});
