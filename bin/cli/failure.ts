import { EXIT, type ExitCode } from './exit-codes.ts';

/** A command that cannot do what it was asked. The message is for the operator: what is wrong and the fix. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** By name and not by class, so that nothing has to be loaded to print an error. */
const BY_NAME: Readonly<Record<string, ExitCode>> = {
  ConfigError: EXIT.usage,
  CertificateError: EXIT.tls,
  CredentialError: EXIT.secret,
  ProtectionError: EXIT.secret,
  ScimError: EXIT.backend,
  LdapFailure: EXIT.backend,
};

type Meanings = Readonly<Record<string, readonly [ExitCode, string]>>;

/** System errors that a person can mend, of an address to listen on. */
const PORT: Meanings = {
  EADDRINUSE: [EXIT.usage, 'is taken by another program; choose another with --port, or 0 for a free one'],
  // May pass: an address can come up after the service. systemd starts it again unless it ends with EXIT.usage.
  EADDRNOTAVAIL: [EXIT.unexpected, 'is no address of this machine; check server.listen'],
  EACCES: [EXIT.secret, 'permission denied; use a port above 1023'],
};

const RIGHTS = process.platform === 'win32' ? 'use an elevated prompt' : 'check the owner and mode';

/** The same, of files. */
const SYSTEM: Meanings = {
  EACCES: [EXIT.secret, `permission denied; ${RIGHTS}`],
  EPERM: [EXIT.secret, `not permitted; ${RIGHTS}`],
  EROFS: [EXIT.secret, 'lies on a read-only file system; set state_dir to a folder that can be written'],
  ENOSPC: [EXIT.unexpected, 'no space left on the disk'],
  EDQUOT: [EXIT.unexpected, 'the disk quota is used up'],
  EFBIG: [EXIT.unexpected, 'the file would be larger than allowed (ulimit -f)'],
  EEXIST: [EXIT.usage, 'exists already; name another'],
  EISDIR: [EXIT.usage, 'is a folder; name a file'],
  ENOTDIR: [EXIT.usage, 'lies below a file, not in a folder'],
  ENOENT: [EXIT.usage, 'no such file or folder'],
};

export interface Failure {
  readonly exitCode: ExitCode;
  readonly message: string;
  /** Nobody foresaw it: the stack helps. */
  readonly isBug: boolean;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof CommandError) return { exitCode: error.exitCode, message: error.message, isBug: false };
  if (!(error instanceof Error)) return { exitCode: EXIT.unexpected, message: String(error), isBug: true };
  const known = BY_NAME[error.name];
  if (known !== undefined) return { exitCode: known, message: error.message, isBug: false };
  const { code, path, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  const [exitCode, text] = (port === undefined ? SYSTEM[code ?? ''] : PORT[code ?? '']) ?? [];
  if (exitCode === undefined) return { exitCode: EXIT.unexpected, message: error.message, isBug: true };
  const subject = path ?? (port === undefined ? undefined : `port ${port} on ${address ?? 'this machine'}`);
  const message = subject === undefined ? `${text} (${error.message})` : `${subject}: ${text}`;
  return { exitCode, message, isBug: false };
}
