import { openDirectory } from '../../../connector/backend/ldap/connection/directory.ts';
import type { DirectoryOptions } from '../../../connector/backend/ldap/connection/directory-options.ts';
import type { Directory } from '../../../connector/backend/ldap/directory/session.ts';
import type { DirectoryLab } from './directory-lab.ts';

/** What connects to `lab` as its service account over LDAPS; `more` overrides. */
export const serviceOptions = (lab: DirectoryLab, more: Partial<DirectoryOptions> = {}): DirectoryOptions => ({
  urls: [lab.url],
  trust: { kind: 'authority', ca: lab.authority },
  bind: { kind: 'simple', dn: lab.flavour.service.dn, password: () => lab.flavour.service.password },
  ...more,
});

/** Runs `work` with a directory that is closed afterwards. */
export async function withDirectory<T>(
  options: DirectoryOptions,
  work: (directory: Directory) => Promise<T>,
): Promise<T> {
  const directory = await openDirectory(options);
  try {
    return await work(directory);
  } finally {
    await directory.close();
  }
}

/** Never aborts by itself: for tests in which time is not the point. */
export const patient = (): AbortSignal => new AbortController().signal;
