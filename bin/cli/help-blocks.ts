/** A flag or an argument with what it means. */
export interface Term {
  /** `-f, --follow` */
  readonly name: string;
  readonly meaning: string;
}

export interface Example {
  readonly use: string;
  readonly command: string;
}

/** A help text as yargs prints it, taken apart. */
export interface HelpBlocks {
  /** `scim-connector trace <who>` */
  readonly usage: string;
  readonly description: string;
  /** Arguments and flags of the verb. */
  readonly own: readonly Term[];
  /** Flags of every verb. */
  readonly everywhere: readonly Term[];
  readonly examples: readonly Example[];
}

/** Wide enough for no line to be broken. Unit: columns. */
export const UNBROKEN = 1000;

/** `  -f, --follow  Go on until Ctrl-C      [boolean]` */
const TERM = /^ +((?:-\w, )?\S+) {2,}(.*?)(?: {2,}(\[.*\]))?$/;

/** What yargs knows of a value, where it is worth a word. */
const typeText = (types = ''): string =>
  [...types.matchAll(/\[(choices|default): ([^\]]*)\]/g)].map(([, name, values]) => ` (${name}: ${values})`).join('');

const terms = (lines: readonly string[]): readonly Term[] =>
  lines.flatMap((line) => {
    const [, name, meaning = '', types] = TERM.exec(line) ?? [];
    return name === undefined ? [] : [{ name, meaning: meaning.trim() + typeText(types) }];
  });

function examples(lines: readonly string[]): readonly Example[] {
  const said = lines.map((line) => line.trim());
  return said.flatMap((line, index) =>
    line.startsWith('# ') ? [{ use: line.slice(2), command: said[index + 1] ?? '' }] : [],
  );
}

/** @param text  a help text that is `UNBROKEN` columns wide */
export function helpBlocks(text: string): HelpBlocks {
  const [usage = '', description = '', ...blocks] = text.trim().split('\n\n');
  const under = (title: string): readonly string[] =>
    blocks.flatMap((block) => (block.startsWith(`${title}:\n`) ? block.split('\n').slice(1) : []));
  const everywhere = terms(under('Everywhere'));
  return {
    usage,
    description,
    own: [
      ...terms(under('Positionals')),
      ...terms(under('Options')).filter(({ name }) => name !== '--config'),
      // It has a letter, and a meaning of its own, for this verb alone.
      ...everywhere.filter(({ name }) => name.startsWith('-v, ')),
    ],
    everywhere: [...terms(under('Options')).filter(({ name }) => name === '--config'), ...everywhere],
    examples: examples(under('Examples')),
  };
}
