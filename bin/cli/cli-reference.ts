import { exitCodeMeanings } from './exit-codes.ts';
import { everyHelp, type Help } from './help-text.ts';

const WIDTH = 80;

const HEAD = `# Command line

<!-- Generated from the commands in bin/. Change them, not this page. -->

From a checkout: \`npm run -s connector -- VERB …\`. Results go to stdout, messages to stderr. \`--json\` prints results for
programs. A command that fails prints no result: why is told in words on stderr, also with \`--json\`, and the
[exit code](#exit-codes) tells what kind of failure it is; only \`check\` reports in any case, a wrong
configuration included. Every setting is also a flag
and an environment variable: see [configuration.md](configuration.md).
`;

/** Flags that every verb has are told once, at the top. */
const withoutGlobal = (text: string): string =>
  text
    .replace(/\nEverywhere:\n(?:.+\n?)*/, '')
    // What it is may stand on a second line.
    .replace(/^ *--config {2}.*\n(?: {10,}\S.*\n)*/m, '')
    .replace(/\nOptions:\n(?=\n|$)/, '')
    .replaceAll(/\n{3,}/g, '\n\n');

function section({ verb, text }: Help): string {
  const shown = verb === '' ? text : withoutGlobal(text);
  const title = verb === '' ? '' : `## ${verb}\n\n`;
  return `${title}\`\`\`\n${shown.trim()}\n\`\`\`\n`;
}

/** The page docs/cli.md. */
export async function cliReference(): Promise<string> {
  const parts: string[] = [];
  for await (const help of everyHelp(WIDTH)) parts.push(section(help));
  const codes = exitCodeMeanings.map(([code, meaning]) => `| ${code} | ${meaning} |`);
  return [HEAD, ...parts, `## Exit codes\n\n| Code | Meaning |\n|---|---|\n${codes.join('\n')}\n`].join('\n');
}
