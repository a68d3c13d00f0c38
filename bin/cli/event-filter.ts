import { suggestion } from '../../connector/config/load/problem.ts';
import type { RecordOutcome } from '../../connector/journal/record.ts';
import type { EventFilter } from '../../connector/operations/events/events.ts';
import { MESSAGE_NAMES } from '../../connector/service/okta-message.ts';
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-codes.ts';
import { type JournalArguments, sinceOf } from './journal-options.ts';

const OUTCOMES: Readonly<Record<string, RecordOutcome>> = {
  done: 'done',
  refused: 'refused',
  failed: 'failed',
  'not-done': 'not done',
  unknown: 'unknown',
};

interface Given extends JournalArguments {
  readonly user?: string | undefined;
  readonly outcome?: string | undefined;
  readonly message?: string | undefined;
}

const wrong = (flag: string, value: string, names: readonly string[]): CommandError =>
  new CommandError(
    EXIT.usage,
    `${flag}: must be one of ${names.join(', ')}, not ${JSON.stringify(value)}${suggestion(value, names)}`,
  );

/** One or several, with commas between. */
const outcomesOf = (text: string): readonly RecordOutcome[] =>
  text.split(',').map((word) => {
    const name = word.trim().toLowerCase().replace(' ', '-');
    const outcome = OUTCOMES[name];
    if (outcome === undefined) throw wrong('--outcome', word, Object.keys(OUTCOMES));
    return outcome;
  });

function messageOf(text: string): string {
  const message = MESSAGE_NAMES.find((name) => name.toLowerCase() === text.trim().toLowerCase());
  if (message === undefined) throw wrong('--message', text, MESSAGE_NAMES);
  return message;
}

/** Which records are wanted. @throws CommandError usage, with what is possible */
export function eventFilter(given: Given): EventFilter {
  const { app, user, outcome, message } = given;
  const since = sinceOf(given);
  return {
    ...(app === undefined ? {} : { app }),
    ...(user === undefined ? {} : { about: user }),
    ...(outcome === undefined ? {} : { outcome: outcomesOf(outcome) }),
    ...(message === undefined ? {} : { message: messageOf(message) }),
    ...(since === undefined ? {} : { since }),
  };
}
