import { failureOf } from '../../connector/operations/failure.ts';
import type { FailureKind } from '../../connector/operations/operation-error.ts';
import { portHolder } from '../../connector/operations/port-holder.ts';
import { OUT_OF_FILES } from '../../connector/state/open-files.ts';
import { CommandError } from './command-error.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** How a command ends that has failed. */
export interface Ending {
  readonly exitCode: ExitCode;
  /** For the operator. */
  readonly message: string;
  /** Nobody foresaw it: the stack helps. */
  readonly isBug: boolean;
}

/** What scripts see of a failure. */
export const EXIT_CODES: Readonly<Record<FailureKind, ExitCode>> = {
  usage: EXIT.usage,
  backend: EXIT.backend,
  tls: EXIT.tls,
  secret: EXIT.secret,
  unexpected: EXIT.unexpected,
};

/** System errors that a person can mend, of an address to listen on. */
const PORT: Readonly<Record<string, readonly [ExitCode, string]>> = {
  EADDRINUSE: [EXIT.usage, 'is taken by HOLDER; choose another with FLAG, or 0 for a free one'],
  // May pass: an address can come up after the service. systemd starts it again unless it ends with EXIT.usage.
  EADDRNOTAVAIL: [EXIT.unexpected, 'is no address of this machine; check SETTING'],
  EMFILE: [EXIT.unexpected, `cannot be listened at: ${OUT_OF_FILES}`],
  ENFILE: [EXIT.unexpected, `cannot be listened at: ${OUT_OF_FILES}`],
  EACCES: [EXIT.secret, 'may not be listened at: permission denied; use a port above 1023'],
};

interface AddressError extends NodeJS.ErrnoException {
  readonly address?: string;
  readonly port?: number;
  /** That names the address. Absent: `server.listen`. */
  readonly setting?: string;
}

function endingOfPort(error: unknown): Ending | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', address, port, setting = 'server.listen' } = error as AddressError;
  const [exitCode, text] = (port === undefined ? undefined : PORT[code]) ?? [];
  if (exitCode === undefined) return undefined;
  const said = text
    ?.replace('HOLDER', () => portHolder(port ?? 0, address) ?? 'another program')
    .replace('FLAG', setting === 'server.listen' ? '--port' : `--${setting}`)
    .replace('SETTING', setting);
  return { exitCode, message: `port ${port} on ${address ?? 'this machine'} ${said}`, isBug: false };
}

export function endingOf(error: unknown): Ending {
  if (error instanceof CommandError) return { exitCode: error.exitCode, message: error.message, isBug: false };
  const ofPort = endingOfPort(error);
  if (ofPort) return ofPort;
  const { kind, message, isBug } = failureOf(error);
  return { exitCode: EXIT_CODES[kind], message, isBug };
}
