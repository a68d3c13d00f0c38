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

/** What our own refusals mean, from the catalogue of faults. @param text  as Okta or the operator gets it */
export function explained(text: string, known?: FaultCode): Explained | undefined {
  const code = known ?? recognise(readPasted(text));
  if (code === undefined) return undefined;
  const fault = CATALOGUE[code];
  return { cause: fault.meaning, ...firstFix(fault) };
}
