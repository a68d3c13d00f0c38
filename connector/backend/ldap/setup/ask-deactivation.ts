import type { Interviewer } from '../../module/interview.ts';
import type { DeactivateOptions } from '../settings/options.ts';
import { type Layout, MARK } from './layout.ts';

/** Lines to choose from; the directory's own switch where it has one. */
const choices = ({ hasSwitch }: Layout) =>
  [
    ...(hasSwitch ? [{ value: 'own', label: "the directory's own switch" } as const] : []),
    {
      value: 'mark',
      label: 'employeeType = inactive',
      help: 'Applications have to look at it; the directory does not.',
    },
    {
      value: 'group',
      label: 'membership of a group',
      help: 'Applications have to look at it; the directory does not.',
    },
    { value: 'move', label: 'a place of their own', help: 'The entry is moved there, and back.' },
    { value: 'none', label: 'not offered', help: 'Okta can create people and never deactivate them.' },
  ] as const;

const dn = (text: string, like: string, { ask }: Interviewer): Promise<string> =>
  ask({
    text,
    help: `A DN, such as ${like}. It must be there.`,
    complaint: (answer) => (/^[\w.-]+\s*=\s*\S/.test(answer) ? undefined : `type a DN such as ${like}`),
  });

/** How people are deactivated. Undefined: by the directory's own switch. */
export async function askDeactivation(
  layout: Layout,
  interviewer: Interviewer,
): Promise<DeactivateOptions | undefined> {
  const answer = await interviewer.choose({
    text: 'What marks an account that may not be used?',
    choices: choices(layout),
  });
  switch (answer) {
    case 'own':
      return undefined;
    case 'mark':
      return MARK;
    case 'none':
      return 'none';
    case 'group':
      return { group: await dn('DN of the group', 'cn=disabled,ou=groups,dc=example,dc=com', interviewer) };
    case 'move':
      return { move_to: await dn('DN of the place', 'ou=disabled,dc=example,dc=com', interviewer) };
  }
}
