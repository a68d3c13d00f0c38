import { randomBytes } from 'node:crypto';
import { existenceFilter } from '../../../simulator/payload.ts';
import { taskText } from '../diagnosis/okta-words.ts';
import { requireServed, saidBriefly, saidBy } from '../diagnosis/refusal.ts';
import { shapeFailure } from '../diagnosis/shape-failure.ts';
import { verdictWith } from '../findings.ts';
import { pageOf, resourceOf } from '../page.ts';
import { failed, ok, type Step, StepFailed, skipped, warning } from '../step.ts';

const MESSAGE = 'checkUserExists';
const lookup = (userName: string) =>
  ({ message: MESSAGE, endpoint: '/Users', filter: existenceFilter('userName', [userName]) }) as const;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Nobody has it. */
const strangeName = (): string => `doctor-${randomBytes(8).toString('hex')}@example.invalid`;

export const findsNobody: Step = {
  name: 'checkUserExists',
  title: 'Assign: is somebody there?',
  run: async (patient) => {
    const { total, reply, findings } = await pageOf(patient, lookup(strangeName()));
    if (total > 0) throw new StepFailed(shapeFailure(reply, 'ignoredFilter', `nobody was asked for and ${total} came`));
    return verdictWith(findings, 'nobody: 200 with an empty list');
  },
};

export const findsSomebody: Step = {
  name: 'checkUserExistsFound',
  title: 'Assign again: found again',
  run: async (patient) => {
    const [user] = patient.learnt.users ?? [];
    if (user === undefined) return skipped('there is nobody yet');
    const name = String(user['userName']);
    const { resources, reply, total, findings } = await pageOf(patient, lookup(name));
    if (total > 1) throw new StepFailed(shapeFailure(reply, 'ignoredFilter', `one was asked for and ${total} came`));
    const [found] = resources;
    if (found === undefined)
      return failed({
        text: `the user ${user.id} is in the list and not found by userName`,
        cause: 'the filter userName eq "…" does not find what the list shows, inactive users perhaps',
        fix: 'Find users by userName without case, inactive ones too',
        okta: 'createNewUser, and then the person is there twice, or Error code: 409, error: Conflict',
      });
    if (found.id !== user.id)
      throw new StepFailed(shapeFailure(reply, 'ignoredFilter', `${user.id} was asked for and ${found.id} came`));
    const other = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
    if ((await pageOf(patient, lookup(other))).total !== 1)
      return warning(
        'found, but not in other case: "A@x.org" and "a@x.org" become two people',
        'Compare userName without case',
      );
    return verdictWith(findings, 'found, in any case of letters');
  },
};

export const importProfile: Step = {
  name: 'importUserProfile',
  title: 'Import a profile',
  run: async (patient) => {
    const [user] = patient.learnt.users ?? [];
    if (user === undefined) return skipped('there is nobody yet');
    const { resource, reply, findings } = await resourceOf(patient, 'importUserProfile', '/Users', user.id);
    if (resource === undefined)
      return failed({
        text: `the user ${user.id} is in the list and answered 404`,
        cause: 'the id of the list is not the id of the URL: it is compared otherwise, or %-signs are not decoded',
        fix: 'Answer GET /Users/ID for every id of the list, decoded from the URL',
        okta: taskText('importUserProfile', 404, saidBy(reply)),
      });
    return verdictWith(findings, 'the whole user came');
  },
};

export const unknownUser: Step = {
  name: 'unknownUser',
  title: 'Import a profile: unknown id',
  run: async (patient) => {
    const id = `doctor-${randomBytes(8).toString('hex')}`;
    const { wire } = patient;
    const reply = requireServed(await wire.ask('importUserProfile', `/Users/${id}`));
    if (reply.status === 404) return ok(`404: ${saidBriefly(reply)}`);
    if (reply.status >= 200 && reply.status < 300)
      throw new StepFailed(shapeFailure(reply, 'ignoredFilter', 'an id that nobody has is answered with somebody'));
    return warning(`${reply.status} instead of 404: ${saidBy(reply)}`, 'Answer 404 for an id that nobody has');
  },
};

export const getGroup: Step = {
  name: 'getGroupById',
  title: 'Push Groups: members',
  run: async (patient) => {
    const groups = patient.learnt.groups ?? [];
    const count = (group: (typeof groups)[number] | undefined): number =>
      Array.isArray(group?.['members']) ? group['members'].length : 0;
    const group = groups.find((one) => count(one) > 0) ?? groups[0];
    if (group === undefined) return skipped('there is no group yet');
    const { resource, reply, findings } = await resourceOf(patient, 'getGroupById', '/Groups', group.id);
    if (resource === undefined || count(resource) < count(group))
      throw new StepFailed(
        shapeFailure(reply, 'noMembers', `the group ${group.id}, with ${counted(count(group), 'member')} in the list,`),
      );
    return verdictWith(findings, `${counted(count(resource), 'member')}, as in the list`);
  },
};
