import { CATALOGUE } from '../../../explain/catalogue.ts';
import type { Fault, Remedy } from '../../../explain/fault.ts';
import { readPasted } from '../../../explain/pasted-text.ts';
import { recognise } from '../../../explain/recognise.ts';
import type { FaultCode } from '../../../scim/fault-code.ts';
import type { Failed } from '../step.ts';

export type Explained = Pick<Failed, 'cause' | 'fix' | 'command'>;

const isRemedy = (step: string | Remedy): step is Remedy => typeof step !== 'string';

/** Of several things to do the first, with its commands. */
function firstFix({ fix, title }: Fault): Pick<Failed, 'fix' | 'command'> {
  const sentence = fix.find((step) => !isRemedy(step));
  const remedy = fix.find(isRemedy);
  const place = remedy?.on === undefined ? '' : ` (${remedy.on})`;
  const said = typeof sentence === 'string' ? sentence.replace(/:$/, '') : title;
  return { fix: `${said}${place}`, ...(remedy ? { command: remedy.run.join('\n') } : {}) };
}

/** What a text says of a place, in the words that stand for it in commands. */
const PLACES: readonly (readonly [word: RegExp, inText: RegExp])[] = [
  [/DIRECTORY:636/g, /ldaps?:\/\/([^\s/:]+:\d+|\[[^\]]+\]:\d+)/],
  [/ldaps:\/\/DIRECTORY/g, /(ldaps?:\/\/[^\s/,;]*[^\s/,;:])/],
  [/BIND_DN/g, /the bind as (\S+) is refused/],
  [/\bFILE\b/g, /(?:^|[\s:])(\/[^\s:;,"]+|[A-Z]:\\[^:;,"]+)(?=[\s:;,]|$)/],
];

/** With the names that are known put in, so that it can be copied as it is. */
const filled = (command: string, text: string): string =>
  PLACES.reduce((line, [word, inText]) => {
    const known = inText.exec(text)?.[1];
    return known === undefined ? line : line.replace(word, () => known);
  }, command);

/** What our own refusals mean, from the catalogue of faults. @param text  as Okta or the operator gets it */
export function explained(text: string, known?: FaultCode): Explained | undefined {
  const code = known ?? recognise(readPasted(text));
  if (code === undefined) return undefined;
  const fault = CATALOGUE[code];
  const { fix, command } = firstFix(fault);
  return { cause: fault.meaning, fix, ...(command === undefined ? {} : { command: filled(command, text) }) };
}
