import { areas } from './catalogue.ts';
import type { Fault, Remedy, Retry } from './fault.ts';

const HEAD = `# Errors

<!-- Generated from connector/explain/. Change that, not this page. -->

What can go wrong, each under its code. \`scim-connector explain CODE\` tells the same, \`scim-connector explain REF\` what
happened under a reference, and \`scim-connector explain 'TEXT'\` which of these a text of a task in Okta is. Words in
capitals in a command are to be replaced. What people see first: [troubleshooting.md](troubleshooting.md).
`;

const RETRY: Readonly<Record<Retry, string>> = {
  now: 'helps',
  'after the fix': 'helps after the fix',
  itself: 'is not needed: Okta repeats it by itself',
  no: 'does not help',
};

const LONGEST = 120;

/** Broken between words, as a page of text is. */
function broken(text: string, begin = '', rest = ''): string {
  const lines = [begin];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    const isFirst = last === begin || last === rest;
    if (!isFirst && last.length + 1 + word.length > LONGEST) lines.push(rest + word);
    else lines[lines.length - 1] = isFirst ? last + word : `${last} ${word}`;
  }
  return lines.join('\n');
}

/** What a page would take for a tag, or for emphasis. */
const escaped = (text: string): string => text.replaceAll('<', '&lt;').replaceAll(/[*|]/g, '\\$&');

const commands = ({ on, run }: Remedy): string =>
  [...(on === undefined ? [] : [`On ${on}:`, '']), '```', ...run, '```'].join('\n');

const steps = (fix: Fault['fix']): readonly string[] =>
  fix.map((step) => (typeof step === 'string' ? broken(escaped(step)) : commands(step)));

/** Texts by code as the sources have them, `…` for what differs. */
export type ToldTexts = ReadonlyMap<string, readonly string[]>;

/** So that whoever searches the page for the text in their hand finds it. */
const others = (texts: readonly string[]): readonly string[] =>
  texts.length === 0 ? [] : ['Its texts, with … for what differs:', ['```', ...texts, '```'].join('\n')];

function section(code: string, fault: Fault, texts: readonly string[]): string {
  const { title, meaning, whose, fix, retry, example, seen } = fault;
  return [
    `### ${code}`,
    `**${title}.**`,
    broken(escaped(meaning)),
    ['```', example, '```'].join('\n'),
    [
      `- Whose fault: ${whose}`,
      `- Okta's *Retry* ${RETRY[retry]}`,
      ...(seen === undefined ? [] : [broken(escaped(`Also seen as: ${seen}`), '- ', '  ')]),
    ].join('\n'),
    ...steps(fix),
    ...others(texts),
  ].join('\n\n');
}

/** The page docs/errors.md. */
export const errorPages = (told: ToldTexts): string =>
  [
    HEAD,
    ...areas.flatMap(({ title, faults }) => [
      `## ${title}`,
      '',
      ...[...faults].map(([code, fault]) => `${section(code, fault, told.get(code) ?? [])}\n`),
    ]),
  ].join('\n');
