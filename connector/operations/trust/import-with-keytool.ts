import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { OperationError } from '../operation-error.ts';

/** A Java on a slow machine takes seconds. Unit: ms. */
const PATIENCE = 60_000;

/** Neither a command line nor a file shows it. */
const PASSWORD = 'SCIM_CONNECTOR_STOREPASS';

export interface Import {
  readonly keytool: string;
  readonly store: string;
  readonly alias: string;
  /** PEM. */
  readonly certificate: string;
  readonly password: string;
}

/** As it is run: the certificate comes by its input, the password by its environment. */
export const importWords = ({ store, alias }: Pick<Import, 'store' | 'alias'>): readonly string[] => [
  '-importcert',
  '-noprompt',
  '-alias',
  alias,
  '-keystore',
  store,
  '-storepass:env',
  PASSWORD,
  '-J-Duser.language=en',
];

/** @throws OperationError with what it said */
export async function importWithKeytool({ keytool, certificate, password, ...target }: Import): Promise<void> {
  const child = spawn(keytool, importWords(target), {
    // In a service's or root's plain locale Java reads another password than was written.
    env: { ...process.env, LC_ALL: 'C.UTF-8', [PASSWORD]: password },
    // `timeout` would be waited for where there is no such program.
    signal: AbortSignal.timeout(PATIENCE),
    windowsHide: true,
  });
  const failed = once(child, 'error').then(([error]) => {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is none; install a Java' : message;
    throw new OperationError('unexpected', `${keytool} cannot be run: ${why}`);
  });
  // One that ends at once does not read it.
  child.stdin.on('error', () => undefined).end(certificate);
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const [stdout, stderr] = await Promise.race([ended, failed]);
  if (child.exitCode === 0) return;
  const said = `${stdout}\n${stderr}`.replaceAll(/\s*\n\s*/g, '; ').replaceAll(/^(; )+|(; )+$/g, '');
  throw new OperationError(
    'unexpected',
    `${keytool} has imported nothing: ${said || `ended with ${child.exitCode ?? child.signalCode}`}`,
  );
}
