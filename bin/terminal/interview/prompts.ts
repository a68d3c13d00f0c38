import { input, password, select } from '@inquirer/prompts';
import type {
  ChoiceQuestion,
  Interviewer,
  SecretQuestion,
  TextQuestion,
} from '../../../connector/backend/module/interview.ts';
import { widthOf, wrap } from '../line-width.ts';
import type { Keyboard } from './keyboard.ts';
import { spoken } from './spoken.ts';

/** Lines of a list that are shown at once. */
const PAGE = 12;

type Context = NonNullable<Parameters<typeof input>[1]>;

/** Between words, which the library does not look at. */
const wrapped = (text: string, indent = 0): string => wrap(text, widthOf(process.stderr) - indent);

/** Behind the library's mark. */
const wrappedComplaint = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : wrapped(text, 2);

/** Questions on a terminal that can move its cursor. */
export function prompts(keyboard: Keyboard): Interviewer {
  const { signal } = keyboard;
  const prompted = <T>(work: (context: Context) => Promise<T>): Promise<T> =>
    keyboard.during((keys) => work({ input: keys, output: process.stderr, signal }));
  const { say, refuse } = spoken;

  async function ask(question: TextQuestion): Promise<string> {
    const { text: message, standard, help, complaint } = question;
    const validate = (answer: string) => answer.trim() === '?' || (wrappedComplaint(complaint(answer.trim())) ?? true);
    const answer = await prompted((context) =>
      input({ message, validate, ...(standard === undefined ? {} : { default: standard }) }, context),
    );
    if (answer.trim() !== '?') return answer.trim();
    say(help);
    return ask(question);
  }

  async function askSecret({ text: message, mayKeep }: SecretQuestion): Promise<string | undefined> {
    const validate = (typed: string) => mayKeep || typed !== '' || 'type it, or paste it';
    const typed = await prompted((context) => password({ message, mask: '*', toggleMask: false, validate }, context));
    return typed === '' ? undefined : typed;
  }

  const choose = <Value extends string>({ text: message, choices, standard }: ChoiceQuestion<Value>): Promise<Value> =>
    prompted((context) =>
      select(
        {
          message,
          pageSize: PAGE,
          loop: false,
          choices: choices.map(({ value, label: name, short = name, help }) => ({
            value,
            name,
            short,
            ...(help === undefined ? {} : { description: wrapped(help) }),
          })),
          ...(standard === undefined ? {} : { default: standard }),
        },
        context,
      ),
    );

  return { ask, askSecret, choose, say, refuse, signal };
}
