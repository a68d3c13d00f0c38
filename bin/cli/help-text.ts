import { cli } from './cli.ts';

/** What `words --help` prints, without running anything. @param width  unit: columns */
export const helpText = (words: readonly string[], width: number): Promise<string> =>
  new Promise((resolve, reject) => {
    void cli([], width).parse([...words, '--help'], {}, (error, _, output) =>
      error ? reject(error) : resolve(output),
    );
  });

/** Names under "Commands:" in a help text. */
function verbsIn(text: string, above: readonly string[]): readonly string[] {
  const list = /\nCommands:\n([\s\S]*?)(\n\n|$)/.exec(text)?.[1] ?? '';
  const prefix = ['scim-connector', ...above].join(' ');
  return list.split('\n').flatMap((line) => {
    const rest = line.trim().startsWith(`${prefix} `) ? line.trim().slice(prefix.length + 1) : '';
    return /^[a-z][a-z-]*/.exec(rest)?.[0] ?? [];
  });
}

export interface Help {
  /** `token add`; empty for the program itself. */
  readonly verb: string;
  readonly text: string;
  /** It does something itself, and not only through verbs below it. */
  readonly isRun: boolean;
}

/** The help of every verb, each before those below it. */
export async function* everyHelp(width: number, above: readonly string[] = []): AsyncGenerator<Help> {
  const text = await helpText(above, width);
  const verbs = verbsIn(text, above);
  yield { verb: above.join(' '), text, isRun: verbs.length === 0 || text.includes('\nPositionals:\n') };
  // `help --help` is the help of the program itself.
  for (const verb of verbs) if (verb !== 'help') yield* everyHelp(width, [...above, verb]);
}
