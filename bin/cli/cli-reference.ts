import { cli } from './cli.ts';
import { exitCodeMeanings } from './exit-codes.ts';

const WIDTH = 80;

const HEAD = `# Command line

<!-- Generated from the commands in bin/. Change them, not this page. -->

From a checkout: \`npm run -s connector -- VERB …\`. Results go to stdout, messages to stderr. \`--json\` prints results for
programs. A command that fails prints no result: why is told in words on stderr, also with \`--json\`, and the
[exit code](#exit-codes) tells what kind of failure it is; only \`check\` reports in any case, a wrong
configuration included. Every setting is also a flag
and an environment variable: see [configuration.md](configuration.md).
`;

/** What `words` print, without running anything. */
const help = (words: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    void cli([], WIDTH).parse([...words, '--help'], {}, (error, _, output) =>
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

/** Flags that every verb has are told once, at the top. */
const withoutGlobal = (text: string): string =>
  text
    .replace(/\nEverywhere:\n(?:.+\n?)*/, '')
    // What it is may stand on a second line.
    .replace(/^ *--config {2}.*\n(?: {10,}\S.*\n)*/m, '')
    .replace(/\nOptions:\n(?=\n|$)/, '')
    .replaceAll(/\n{3,}/g, '\n\n');

async function* sections(above: readonly string[]): AsyncGenerator<string> {
  const text = await help(above);
  const shown = above.length === 0 ? text : withoutGlobal(text);
  const title = above.length === 0 ? '' : `## ${above.join(' ')}\n\n`;
  yield `${title}\`\`\`\n${shown.trim()}\n\`\`\`\n`;
  for (const verb of verbsIn(text, above)) yield* sections([...above, verb]);
}

/** The page docs/cli.md. */
export async function cliReference(): Promise<string> {
  const parts: string[] = [];
  for await (const section of sections([])) parts.push(section);
  const codes = exitCodeMeanings.map(([code, meaning]) => `| ${code} | ${meaning} |`);
  return [HEAD, ...parts, `## Exit codes\n\n| Code | Meaning |\n|---|---|\n${codes.join('\n')}\n`].join('\n');
}
