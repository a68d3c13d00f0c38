import { userInfo } from 'node:os';
import { OUT_OF_FILES } from '../state/open-files.ts';
import { type FailureKind, OperationError } from './operation-error.ts';

export interface OperationFailure {
  readonly kind: FailureKind;
  /** For the operator. */
  readonly message: string;
  /** Nobody foresaw it: the stack helps. */
  readonly isBug: boolean;
}

/** By name and not by class, so that nothing has to be loaded to tell of an error. */
const BY_NAME: Readonly<Record<string, FailureKind>> = {
  ConfigError: 'usage',
  TextError: 'usage',
  CertificateError: 'tls',
  CredentialError: 'secret',
  LockError: 'secret',
  ProtectionError: 'secret',
  ScimError: 'backend',
  LdapFailure: 'backend',
};

/** Root may have become the service's account meanwhile. */
function account(): string {
  try {
    return userInfo().username;
  } catch {
    return `number ${process.getuid?.()}`;
  }
}

const RIGHTS = process.platform === 'win32' ? 'use an elevated prompt' : 'check the owner and mode';

/** Errors of the file system that a person can mend. */
const FILES: Readonly<Record<string, readonly [FailureKind, string]>> = {
  EACCES: ['secret', `permission denied; ${RIGHTS}`],
  EPERM: ['secret', `not permitted; ${RIGHTS}`],
  EROFS: ['secret', 'lies on a read-only file system; set state_dir to a folder that can be written'],
  ENOSPC: ['unexpected', 'no space left on the disk'],
  EDQUOT: ['unexpected', 'the disk quota is used up'],
  EFBIG: ['unexpected', 'the file would be larger than allowed (ulimit -f)'],
  EMFILE: ['unexpected', OUT_OF_FILES],
  ENFILE: ['unexpected', OUT_OF_FILES],
  EEXIST: ['usage', 'exists already; name another'],
  EISDIR: ['usage', 'is a folder; name a file'],
  ENOTDIR: ['usage', 'lies below a file, not in a folder'],
  ENOENT: ['usage', 'no such file or folder'],
};

/** What an error of any room means to the operator. */
export function failureOf(error: unknown): OperationFailure {
  if (!(error instanceof Error)) return { kind: 'unexpected', message: String(error), isBug: true };
  if (error instanceof OperationError) return { kind: error.kind, message: error.message, isBug: false };
  const known = BY_NAME[error.name];
  if (known !== undefined) return { kind: known, message: error.message, isBug: false };
  const { code = '', path } = error as NodeJS.ErrnoException;
  const [kind, text] = FILES[code] ?? [];
  if (kind === undefined) return { kind: 'unexpected', message: error.message, isBug: true };
  const whose = code === 'EACCES' ? text?.replace('denied', () => `denied to the account ${account()}`) : text;
  return { kind, message: path === undefined ? `${whose} (${error.message})` : `${path}: ${whose}`, isBug: false };
}
