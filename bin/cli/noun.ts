import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from './arguments.ts';

/** A command below another one, whatever arguments it takes. */
interface Verb {
  readonly command?: CommandModule['command'];
  readonly handler: (given: never) => void | Promise<void>;
}

const nameOf = ({ command }: Verb): string => /^\S*/.exec(String(command))?.[0] ?? '';

/** `a, b or c` */
const anyOf = (names: readonly string[]): string => [names.slice(0, -1).join(', '), ...names.slice(-1)].join(' or ');

/** A command that does nothing itself: `token add|list|revoke`. */
export const noun = (
  command: string,
  describe: string,
  verbs: readonly Verb[],
): CommandModule<object, GlobalArguments> => ({
  command,
  describe,
  builder: (yargs: Argv) =>
    yargs
      .command([...verbs] as unknown as CommandModule[])
      .demandCommand(1, `${nameOf({ command, handler: () => undefined })} needs a verb: ${anyOf(verbs.map(nameOf))}`),
  handler: () => undefined,
});
