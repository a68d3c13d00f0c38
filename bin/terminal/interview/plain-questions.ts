import type {
  ChoiceQuestion,
  Interviewer,
  SecretQuestion,
  TextQuestion,
} from '../../../connector/backend/module/interview.ts';
import { TypedLines } from '../typed-lines.ts';
import { spoken } from './spoken.ts';

/** One question, on lines of its own. Of a hidden answer the line is ended here: Enter was not shown either. */
async function typed(prompt: string, hidden = false): Promise<string> {
  const lines = new TypedLines({ hidden });
  if (hidden) process.stderr.write(prompt);
  try {
    return await lines.ask(hidden ? '' : prompt);
  } finally {
    lines.close();
    if (hidden) process.stderr.write('\n');
  }
}

/** Questions on a terminal that cannot move its cursor (`TERM=dumb`): lines, and lists with numbers. */
export function plainQuestions(): Interviewer {
  const { say, refuse } = spoken;

  async function ask(question: TextQuestion): Promise<string> {
    const { text, standard, help, complaint } = question;
    const shown = standard === undefined ? '' : ` [${standard}]`;
    const answer = (await typed(`${text}${shown}: `)).trim() || (standard ?? '');
    if (answer === '?') say(help);
    const wrong = answer === '?' ? help : complaint(answer);
    if (wrong === undefined) return answer;
    if (answer !== '?') refuse(wrong);
    return ask(question);
  }

  async function askSecret(question: SecretQuestion): Promise<string | undefined> {
    const answer = await typed(`${question.text}: `, true);
    if (answer !== '') return answer;
    return question.mayKeep ? undefined : askSecret(question);
  }

  async function choose<Value extends string>(question: ChoiceQuestion<Value>): Promise<Value> {
    const { text, choices, standard } = question;
    const preset = Math.max(
      0,
      choices.findIndex(({ value }) => value === standard),
    );
    for (const [index, { label, help }] of choices.entries()) say(`${index + 1}  ${label}${help ? `: ${help}` : ''}`);
    const number = await ask({
      text,
      standard: String(preset + 1),
      help: 'The number of one of the lines above.',
      complaint: (answer) =>
        choices[Number(answer) - 1] ? undefined : `answer with a number from 1 to ${choices.length}`,
    });
    const chosen = choices[Number(number) - 1];
    return chosen ? chosen.value : choose(question);
  }

  return { ask, askSecret, choose, say, refuse, signal: new AbortController().signal };
}
