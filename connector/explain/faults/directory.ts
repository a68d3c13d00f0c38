import type { DirectoryFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const DIRECTORY = "the directory's administrator";
const CONFIGURATION = "the connector's configuration";
const NOBODY = 'nobody: it passes by itself';
const CHECK = { run: ['scim-connector check'] };

export const DIRECTORY_FAULTS: Faults<DirectoryFault> = {
  'directory-silent': {
    title: 'The directory does not answer',
    meaning: 'Its server takes connections and then says nothing: it hangs, is frozen, or is far too slow.',
    whose: DIRECTORY,
    fix: [
      'Its own log tells why. See how long answers take:',
      CHECK,
      'A second server in ldap.urls takes over when the first is silent.',
    ],
    retry: 'itself',
    example: 'LDAP: the directory did not answer within 22.5 s',
    patterns: [
      /directory did not answer within/,
      /no answer within/,
      /no connection within/,
      /idle connection does not answer/,
      /before the directory answered/,
    ],
    seen: 'status: backend red',
  },
  'directory-busy': {
    title: 'The directory is busy for the moment',
    meaning: 'It has asked to come back later, or has run out of locks for a moment.',
    whose: NOBODY,
    fix: [
      'Nothing: Okta repeats it.',
      'If 389 Directory Server says so often, raise its locks:',
      { on: '389 Directory Server', run: ['dsconf INSTANCE backend config set --locks 100000'] },
    ],
    retry: 'itself',
    example: 'LDAP: the directory is busy; try again',
    patterns: [/directory is (busy|not available now|out of locks)/, /bind is not possible now/],
  },
  'directory-size-limit': {
    title: 'The directory lets the connector read too few entries',
    meaning:
      'The directory cut a search off, at 500 or 1000 entries as a rule. A short list would make Okta believe that the others were deleted, so that it is refused whole.',
    whose: DIRECTORY,
    fix: [
      'Raise the limit for the service account. This prints the command for your directory:',
      CHECK,
      { on: 'OpenLDAP', run: ['olcLimits: dn.exact="BIND_DN" size=unlimited time=unlimited'] },
      {
        on: '389 Directory Server',
        run: ['nsSizeLimit: -1, nsLookThroughLimit: -1, nsPagedSizeLimit: -1 in the entry of the service account'],
      },
      { on: 'Active Directory', run: ['MaxPageSize of ntdsutil "ldap policies" (1000 is enough)'] },
    ],
    retry: 'after the fix',
    example: "LDAP: the directory's size limit cut a search short; raise it for the service account",
    patterns: [
      /(size|look-through|administrative) limit/,
      /sizeLimitExceeded|adminLimitExceeded/,
      /cuts a paged search short/,
      /limit for paged searches/,
    ],
  },
  'directory-time-limit': {
    title: 'The directory stopped a search that took too long',
    meaning: 'A search took longer than the directory allows, for lack of an index as a rule.',
    whose: DIRECTORY,
    fix: [
      'This measures look-ups and prints the command that adds a missing index:',
      CHECK,
      'Raise the time limit of the service account.',
    ],
    retry: 'after the fix',
    example: "LDAP: the directory's time limit cut a search short; raise it for the service account",
    patterns: [/time limit/, /timeLimitExceeded/],
  },
  'directory-read-only': {
    title: 'The directory server takes no changes',
    meaning: 'The connector is connected to a copy that can only be read.',
    whose: CONFIGURATION,
    fix: [
      'Put a server that can be written first:',
      { run: ['urls = ["ldaps://WRITABLE:636", "ldaps://COPY:636"]   # under [apps.NAME.ldap]'] },
      CHECK,
    ],
    retry: 'after the fix',
    example: 'LDAP: this directory server is read-only; put a writable one first in urls',
    patterns: [/(this directory server|every directory server) is read-only/],
  },
  'directory-access-denied': {
    title: "The connector's account may not do this in the directory",
    meaning: 'The directory knows the service account, and a rule of its access control forbids it this change.',
    whose: DIRECTORY,
    fix: [
      'This prints the access rule that the account needs, in the words of your directory. Give it to its administrator:',
      { run: ['scim-connector check --print-acl', 'scim-connector check'] },
    ],
    retry: 'after the fix',
    example: 'LDAP: the service account may not modify a User, or its base is missing; see check --print-acl',
    patterns: [
      /service account may not (?!see)/,
      /may not (change entries|add and remove|write)/,
      /insufficientAccessRights/,
      /root DSE is not readable/,
    ],
  },
  'directory-base-missing': {
    title: 'The place for people or groups is not in the directory',
    meaning:
      'The folder of the directory in which people or groups are kept is misspelt in the configuration, is gone, or may not be seen by the service account. The two look the same.',
    whose: CONFIGURATION,
    fix: [
      'Correct users.base or groups.base, or give the access that this prints:',
      { run: ['scim-connector check --print-acl'] },
      CHECK,
    ],
    retry: 'after the fix',
    example:
      'LDAP: the place for each User is not in the directory, or the service account may not see it; check the base',
    patterns: [/the place for each/, /nothing is visible at/],
  },
  'directory-change-unconfirmed': {
    title: 'The directory did not confirm a change',
    meaning:
      'The connection broke after a change was sent. It may have been made. The journal looks it up and settles it.',
    whose: NOBODY,
    fix: ['Nothing: Okta repeats it, and what was made is not made twice.'],
    retry: 'itself',
    example:
      'LDAP: the directory did not confirm a change, which may have been made all the same: the connection was lost',
    patterns: [/did not confirm a change/],
  },
  'directory-failed': {
    title: 'The directory failed in a way of its own',
    meaning:
      'It answered with something that fits no rule: a result code that is none of the usual ones, or an answer that no server should give.',
    whose: DIRECTORY,
    fix: [
      'Its own words stand in the log line with the reference, under diagnostic, and in the record. Its own log tells more.',
      CHECK,
    ],
    retry: 'now',
    example: 'LDAP: the directory failed with result code 80',
    patterns: [
      /directory failed with result code/,
      /search failed/,
      /refuses the search/,
      /answered with something else/,
      /does not support a control/,
      /ignored paging/,
      /empty pages without end/,
      /repeats a range/,
      /disappeared while/,
      /came without its search/,
      /cannot be encoded/,
    ],
  },
  'directory-index-missing': {
    title: 'The directory has no index for what is looked up',
    meaning: 'Each look-up reads every entry. That is slow with many people, and may end in a time limit.',
    whose: DIRECTORY,
    fix: [
      'This prints the command for your directory:',
      CHECK,
      { on: 'OpenLDAP', run: ['olcDbIndex: uid eq'] },
      {
        on: '389 Directory Server',
        run: ['dsconf INSTANCE backend index add --attr uid --index-type eq --reindex BACKEND'],
      },
      { on: 'Active Directory', run: ['searchFlags: 1 of the attribute in the schema'] },
    ],
    retry: 'after the fix',
    example: 'index: looking somebody up by mail takes 63 ms; add an equality index',
    patterns: [/index: looking/, /equality index/],
  },
};
