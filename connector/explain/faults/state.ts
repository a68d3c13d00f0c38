import type { StateFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const NOBODY = 'nobody: it passes by itself';
const ADMIN = "Okta's administrator";
const CONFIGURATION = "the connector's configuration";

export const STATE_FAULTS: Faults<StateFault> = {
  'id-unknown': {
    title: 'Okta knows an account that is gone',
    meaning:
      'Okta asked for somebody, or for a group, by an id that it was given once. Nobody has it now: the account was deleted here, or the connector was set up anew with an empty store.',
    whose: ADMIN,
    fix: [
      'See what became of it:',
      { run: ['scim-connector trace ID'] },
      'In Okta: import once, or unassign the person from the app and assign them again. Okta then looks them up by name and links or makes the account. A group: unlink the pushed group and push it again.',
      'If it is so for everybody, the connector works with another database than before: scim-connector config show.',
    ],
    retry: 'no',
    example: 'User "42" not found',
    patterns: [/\b(User|Group|resource) ".*?" not found/i, /Cannot find the (user|group) with the id/],
  },
  'user-name-taken': {
    title: 'The user name, or the name of the group, is taken',
    meaning:
      'Okta wants to make an account with a name that another account has already. Names count as equal whatever their case.',
    whose: ADMIN,
    fix: [
      'Look who has it:',
      { run: ['scim-connector trace NAME'] },
      'If it is the same person: unassign and assign them again in Okta, which then links the account that is there. If it is another person, one of the two needs another user name.',
    ],
    retry: 'after the fix',
    example: 'userName "jdoe" is already in use by another resource',
    patterns: [/(userName|displayName)( \([\w;-]+\))?( ".*?")? is already in use/],
  },
  'value-taken': {
    title: 'A value that only one account may have is taken',
    meaning: 'Somebody else has the value that the text names, an e-mail address as a rule, and it must be unique.',
    whose: 'the mapping in Okta',
    fix: [
      'Look who has it:',
      { run: ['scim-connector trace VALUE'] },
      'Correct the value of one of the two. Where the text names a line of the mapping in the configuration, let that line choose another value (":unique").',
    ],
    retry: 'after the fix',
    example: 'emails.value (mail) "jdoe@corp.example" is already in use by another entry',
    patterns: [/is already in use by another/, /a value that must be unique is in use/],
  },
  'member-unknown': {
    title: 'A member of the group is not known here',
    meaning:
      'Okta pushed a group with a person, or a group, whom the connector does not have: not assigned to this app, or not provisioned yet.',
    whose: ADMIN,
    fix: [
      'Assign that person to the app first, wait until they are provisioned, then push the group again (Push Groups > Push now).',
      'With unknown_members = "leave_out", the default, the rest of the group is done as long as one of the members exists.',
    ],
    retry: 'after the fix',
    example: 'members: no User or Group has the id "42"',
    patterns: [/members: no User or Group has the ids?/],
    seen: 'left_out in the log, where unknown members are left out',
  },
  'member-not-a-user': {
    title: 'This directory keeps people in groups, and no groups',
    meaning:
      'The attribute in which the directory keeps the members of a group holds names of users. A group cannot be a member.',
    whose: ADMIN,
    fix: ['Take the group out of the group in Okta, and push again.'],
    retry: 'after the fix',
    example: 'members: memberUid holds users only; "42" is a Group',
    patterns: [/holds users only/],
  },
  'manager-unknown': {
    title: 'The manager is not known here',
    meaning: 'Okta sent a manager whom the connector does not have, or whose key several people have.',
    whose: ADMIN,
    fix: [
      'Assign the manager to the app first, then Retry. Or let unknown managers be left out: unknown_manager = "leave_out" for the app.',
      'What Okta sends as manager, an id, a user name or an employee number, is set with manager_id.',
    ],
    retry: 'after the fix',
    example: 'manager.managerId: no User has the userName "boss"; create that user first',
    patterns: [/no User has the/, /more than one User has the/],
  },
  'connector-read-only': {
    title: 'The connector is set to change nothing',
    meaning: 'It was told to answer questions and to refuse every change (read_only).',
    whose: CONFIGURATION,
    fix: [
      'When changes are meant to go through again: `scim-connector mode` says whether an operator ordered it, and `scim-connector mode normal` ends that. Otherwise set read_only = false and reload:',
      { on: 'Linux', run: ['systemctl reload scim-connector'] },
      { on: 'Windows', run: ['scim-connector service restart'] },
    ],
    retry: 'after the fix',
    example: 'replace is refused: this connector is read-only',
    patterns: [/this connector is read-only/],
  },
  'too-many-members-removed': {
    title: 'A change would take too many members out of a group',
    meaning:
      'The guard against emptied groups stopped it. A mistake in Okta (a rule, an import) looks just like that. Nobody was removed.',
    whose: ADMIN,
    fix: [
      'Look at the group in Okta. If the members are really to go, raise the limit for that moment, let Okta repeat, and put it back:',
      { run: ['max_group_removal = 100   # percent, under [apps.NAME]'] },
    ],
    retry: 'after the fix',
    example: 'members: this would remove 90 of 100 members; the limit is 50 % (max_group_removal)',
    patterns: [/max_group_removal/, /this would remove \d+ of/],
  },
  'changes-held': {
    title: 'The connector holds the changes of this app until an operator has looked',
    meaning:
      'More people would have been deactivated, deleted, renamed or overwritten, or more members taken out of groups, than one app may do within a time; or an operator has ordered it. Nothing of it was done, and nothing is lost: Okta repeats it by itself for some 34 hours. Reading goes on.',
    whose: "the connector's host",
    fix: [
      'Look what would be done, and let it through or refuse it:',
      {
        run: [
          'scim-connector hold list',
          'scim-connector hold show ID',
          'scim-connector hold release ID',
          'scim-connector hold reject ID',
        ],
      },
    ],
    retry: 'itself',
    example:
      "held: 51 people would be deactivated within 1d, limit 50. The connector's operator must look: scim-connector hold show 1",
    patterns: [/^held( by hold \d+)?: /, /The connector's operator must look/],
  },
  'held-change-rejected': {
    title: 'An operator of the connector has refused this change',
    meaning: 'It was part of a mass change that the connector held, and an operator said no to it.',
    whose: ADMIN,
    fix: [
      'Put right in Okta what caused the mass change: a rule, an import, an assignment. If the change is right after all, the operator lets it through:',
      { run: ['scim-connector hold release ID'] },
    ],
    retry: 'after the fix',
    example:
      "refused: the connector's operator has rejected this change (hold 1); to let it through: scim-connector hold release 1",
    patterns: [/operator has rejected this change/],
  },
  'holds-not-counted': {
    title: 'The connector cannot count what would be hard to undo',
    meaning:
      'It keeps in holds.db, in its state folder, or in the database of state = "postgres", how much each app has done, and cannot read or write there. Deactivations, deletions, renames and the like wait until it can; other changes go on.',
    whose: "the connector's host",
    fix: [
      'The text says what is wrong with the file or the database and what helps.',
      { run: ['scim-connector hold list'] },
    ],
    retry: 'itself',
    example: 'holds.db: it is damaged; move it away: what was counted and held begins anew',
    patterns: [/^holds\.db: /, /^this change must be counted first, /],
  },
  'changed-meanwhile': {
    title: 'Somebody else changed it at the same moment',
    meaning:
      'Two changes met, and the second was worked out from what is no longer there. Nothing was lost, and nothing of the second was done.',
    whose: NOBODY,
    fix: ['Retry.'],
    retry: 'now',
    example: 'User "42" has changed since it was last retrieved',
    patterns: [/has changed since it was last retrieved/],
  },
  'version-required': {
    title: 'A change must say what it was worked out from',
    meaning: 'The connector is set to take only changes with If-Match. Okta sends none.',
    whose: CONFIGURATION,
    fix: ['Take the setting back that requires it: scim-connector config show.'],
    retry: 'after the fix',
    example: 'this connector requires If-Match with the version last read',
    patterns: [/requires If-Match/],
  },
  'large-requests-wait': {
    title: 'Too many large requests at once',
    meaning:
      'Several clients read everybody, or write large bodies, at the same moment. Such requests wait their turn, and this one waited too long.',
    whose: NOBODY,
    fix: [
      'Nothing: Okta repeats it. Other clients should ask for pages of 200 (count), and for groups without members (attributes=displayName).',
    ],
    retry: 'itself',
    example: 'too many large requests at once; try again in 5 s',
    patterns: [/too many large requests/],
  },
  'too-slow': {
    title: 'The database or the directory did not answer in time',
    meaning:
      'The connector answers before Okta gives up. What it works with took longer: it is overloaded, hangs, or lacks an index.',
    whose: "the connector's host",
    fix: [
      'This looks at it, and at its indexes:',
      { run: ['scim-connector check', 'scim-connector status'] },
      'A change that was under way may have been made all the same; Retry settles it, since a change that is there already is no second one.',
    ],
    retry: 'now',
    example: 'the backend did not answer within 25 s; try again later',
    patterns: [/no answer in time; whether it was made/, /backend did not answer within/],
  },
  'client-gone': {
    title: 'The agent hung up before the answer',
    meaning:
      'Whoever asked did not wait for the answer, or did not read it. Okta has a timeout of its own, and networks break.',
    whose: NOBODY,
    fix: [
      'Retry. If it happens often, raise "Timeout for API calls" of the app in Okta, and look at proxies in between.',
    ],
    retry: 'now',
    example: 'the request was given up while it waited for others',
    patterns: [/request was given up/, /did not read the answer/, /answer was given up/],
  },
  'record-not-kept': {
    title: 'No change may be made without its record',
    meaning:
      'The configuration asks for a record of every change (audit.required), and none can be stored now: the disk is full, or the file of the journal cannot be written. So nothing is changed.',
    whose: "the connector's host",
    fix: [
      'The text names the file and what is wrong with it. Free some space, or give the file back to the account:',
      {
        on: 'Linux',
        run: ['df -h /var/lib/scim-connector', 'sudo chown scim-connector: /var/lib/scim-connector/journal.db*'],
      },
      { run: ['scim-connector status', 'scim-connector check'] },
    ],
    retry: 'after the fix',
    example:
      'no change without its record (audit.required), and the journal cannot be written: database or disk is full',
    patterns: [/no change without its record/],
  },
  'internal-error': {
    title: 'A fault of the connector',
    meaning:
      'Something happened that its makers did not foresee. Nothing was half done: a change is made whole or not at all.',
    whose: 'the connector itself',
    fix: [
      'The log line with the reference has a stack. Make a bundle, look into it, and send it with your report:',
      { run: ['scim-connector bundle'] },
    ],
    retry: 'now',
    example: 'the connector failed unexpectedly; its log has the details',
    patterns: [/connector failed unexpectedly/],
  },
};
