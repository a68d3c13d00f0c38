import type { Argv } from 'yargs';
import type { TrustQuestion } from '../../../connector/operations/trust/check-trust.ts';
import { UnfitFile } from '../../../connector/text/read-named-file.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';

export interface TrustArguments extends GlobalArguments {
  readonly truststore?: string | undefined;
  readonly 'password-file'?: string | undefined;
  readonly 'agent-folder'?: string | undefined;
}

export const trustOptions = <T extends GlobalArguments>(yargs: Argv<T>): Argv<T & TrustArguments> =>
  yargs
    .option('truststore', {
      type: 'string',
      requiresArg: true,
      describe: "Another file than the truststore of the agent's Java, JKS or PKCS #12",
    })
    .option('password-file', {
      type: 'string',
      requiresArg: true,
      describe: 'File that holds its password, when that is not "changeit"',
    })
    .option('agent-folder', {
      type: 'string',
      requiresArg: true,
      describe: 'Where the agent is installed, when it is not in its usual place',
    }) as Argv<T & TrustArguments>;

/** What was asked, with the secret read. To be called while root is still root. @throws CommandError usage */
export async function trustQuestion(given: TrustArguments): Promise<Omit<TrustQuestion, 'served'>> {
  const [{ installedAgent }, { readNamedFile }] = await Promise.all([
    import('../../host/installed-agent.ts'),
    import('../../../connector/text/read-named-file.ts'),
  ]);
  const { truststore, 'password-file': passwordFile, 'agent-folder': folder } = given;
  try {
    return {
      agent: installedAgent(folder),
      truststore,
      password:
        passwordFile === undefined
          ? undefined
          : readNamedFile(passwordFile)
              .toString()
              .replace(/\r?\n$/, ''),
    };
  } catch (error) {
    if (!(error instanceof UnfitFile)) throw error;
    throw new CommandError(EXIT.usage, `--password-file: ${error.message}`, { cause: error });
  }
}
