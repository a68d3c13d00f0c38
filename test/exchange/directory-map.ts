import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DirectoryLab } from '../support/directories/lab.ts';

/** Homes for what inetOrgPerson and the AD user have no attribute for. */
export const MAP = {
  externalId: 'ou',
  nickName: 'initials',
  'addresses.work.locality': '',
  timezone: 'l',
  'addresses.work.region': '',
  locale: 'st',
} as const;

/** The recorded passwords are simple. */
export async function allowSimplePasswords({ folder }: DirectoryLab): Promise<void> {
  const where = ['-s', join(folder, 'dc/etc/smb.conf'), '-H', join(folder, 'dc/private/sam.ldb')];
  const rules = ['--complexity=off', '--min-pwd-length=0'];
  await promisify(execFile)('samba-tool', ['domain', 'passwordsettings', 'set', ...rules, ...where]);
}
