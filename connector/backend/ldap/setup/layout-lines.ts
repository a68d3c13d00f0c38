import type { Choice } from '../../module/interview.ts';
import type { Activation } from '../layout/activation.ts';
import type { Inspection } from './inspection.ts';
import type { Layout } from './layout.ts';
import type { Place } from './places.ts';

export type LayoutItem = 'accept' | 'again' | 'people' | 'groups' | 'deactivate' | 'rule' | 'account';

/** Of the first column. */
const WIDTH = 14;

const shownCount = ({ count, isComplete }: Place): string =>
  `${isComplete ? '' : 'at least '}${count.toLocaleString('en-US')}`;

/** "ou=people,dc=example,dc=com (12,480)" */
export const placeText = (place: Place | undefined): string =>
  place === undefined ? 'none' : `${place.base} (${shownCount(place)})`;

function activationText(activation: Activation | undefined): string {
  switch (activation?.kind) {
    case undefined:
      return 'to be chosen';
    case 'none':
      return 'not offered';
    case 'account-control':
      return 'by bit 2 of userAccountControl';
    case 'values':
      return `by ${Object.entries(activation.inactive)
        .map(([name, value]) => `${name} = ${value}`)
        .join(', ')}`;
    case 'group':
      return `by membership of ${activation.group}`;
    case 'move':
      return `by moving below ${activation.to}`;
  }
}

const PASSWORDS = { exop: 'by Password Modify (RFC 3062)', modify: 'by userPassword', unicodePwd: 'by unicodePwd' };

const line = (value: LayoutItem, name: string, now: string, help: string): Choice<LayoutItem> => ({
  value,
  label: `${name.padEnd(WIDTH)}${now}`,
  short: `change: ${name}`,
  help,
});

/** One line each of what is proposed; the first is what Enter takes. */
export function layoutLines(layout: Layout, { tree, findings, rule }: Inspection): readonly Choice<LayoutItem>[] {
  const isRefused = findings.some(({ status }) => status === 'failed');
  const accept: Choice<LayoutItem> = {
    value: 'accept',
    label: isRefused ? 'go on all the same' : 'yes, go on',
    help: isRefused ? 'The right can be given later; "check" tries it again.' : 'Nothing has been written so far.',
  };
  const again: Choice<LayoutItem> = { value: 'again', label: 'try again', help: 'When the right has been given.' };
  return [
    ...(isRefused ? [again, accept] : [accept]),
    line('people', 'people', placeText(layout.people[0]), 'Where people live, and where new ones go.'),
    line('groups', 'groups', placeText(layout.groups[0]), 'Where groups live. Without any no groups are kept.'),
    line(
      'deactivate',
      'deactivated',
      activationText(tree?.activation),
      'What an account looks like that may not be used.',
    ),
    ...(rule === undefined
      ? []
      : [line('rule', 'access rule', 'show it', "For the directory's administrator: what the account lacks.")]),
    line('account', 'account', 'another', 'Asks for another service account.'),
  ];
}

/** What is chosen by what the server says of itself. */
export function chosenText({ profile }: Layout, { tree, unmapped }: Inspection): string {
  const passwords = tree === undefined ? '' : `passwords are set ${PASSWORDS[tree.passwords]}, `;
  const more = unmapped.length === 0 ? '' : `; ${unmapped.length} more in use: "map suggest" shows them`;
  return `${passwords}attributes are mapped as is usual in ${profile.name}${more}`;
}
