import { AgentCallFailed } from '../../../simulator/connection.ts';
import type { Patient } from '../patient.ts';
import { type Failed, failed, StepFailed } from '../step.ts';
import { NoReply } from '../wire.ts';
import { explained } from './explained.ts';
import { networkFailure } from './network-failure.ts';
import { shortened } from './okta-words.ts';
import { saidBy } from './refusal.ts';

/** What a call of the agent failed with: the words of the server, without its body. */
function callFailure({ message, status }: AgentCallFailed): Failed {
  const [before = '', body = ''] = message.split(/ : (.*)/s);
  const said = saidBy({ body: parsed(body), text: body, headers: {} });
  const known = explained(said);
  return failed({
    text: status >= 200 && status < 300 ? said : `answered ${status}: ${said}`,
    cause: known?.cause ?? 'the server did not do what Okta needs',
    fix: known?.fix ?? 'Look into its log at that moment',
    ...(known?.command === undefined ? {} : { command: known.command }),
    okta: `${before} : ${said}`,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What was thrown, as a verdict. @param patient  of whom it is said */
export function failureVerdict(error: unknown, { baseUrl }: Pick<Patient, 'baseUrl'>): Failed {
  if (error instanceof StepFailed) return error.verdict;
  if (error instanceof NoReply) return networkFailure(error);
  if (error instanceof AgentCallFailed) return callFailure(error);
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') return networkFailure(new NoReply('request', baseUrl, error));
  const text = shortened(error instanceof Error ? error.message : String(error));
  return failed({
    text,
    cause: 'the server is too slow for Okta, or did not do what it needs',
    fix: 'Look into its log at that moment',
    okta: text,
  });
}
