import type { EntryShapeFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const MAPPING = 'the mapping in Okta';
const CONFIGURATION = "the connector's configuration";
const DIRECTORY = "the directory's administrator";
const TRY = { run: ['scim-connector map test BODY.json', 'scim-connector map test --user NAME'] };
const PROFILE = "In Okta: Directory > Profile Editor > the app's Mappings.";

export const ENTRY_SHAPE_FAULTS: Faults<EntryShapeFault> = {
  'name-too-long': {
    title: 'The name is too long to name an entry',
    meaning:
      'Entries of a directory are named by one of their attributes, and the server cannot store a name of that length.',
    whose: CONFIGURATION,
    fix: [
      'Shorten the name in Okta, or name entries by something short in the configuration:',
      { run: ['rdn = "uid={userName}"   # under [apps.NAME.users]'] },
      TRY,
    ],
    retry: 'after the fix',
    example: 'name.formatted (cn) "…" is too long to name an entry; users.rdn names entries by it',
    patterns: [/too long to name an entry/],
  },
  'name-not-possible': {
    title: 'A value cannot be part of a name in the directory',
    meaning: 'What the entry would be named by is empty, holds characters that no name may have, or is missing.',
    whose: MAPPING,
    fix: [`Give the person a value for the attribute that the text names. ${PROFILE}`, TRY],
    retry: 'after the fix',
    example: 'name.formatted: needed to name the entry in the directory',
    patterns: [
      /needed to name the entry/,
      /names an entry must not be empty/,
      /cannot name an entry/,
      /cannot be part of a name/,
      /does not fit its attributes/,
      /attribute that names the entry cannot/,
      /is not a distinguished name/,
    ],
  },
  'entry-class-conflict': {
    title: 'The entry would break the rules of its kind',
    meaning:
      'An attribute is missing, not allowed, or cannot be compared so; or the kind of the entry cannot be changed. The server does not say more.',
    whose: CONFIGURATION,
    fix: [
      'This proves that the mapping fits the schema, and names what does not:',
      { run: ['scim-connector check', 'scim-connector map suggest'] },
    ],
    retry: 'after the fix',
    example: 'the entry would break the schema: an attribute is missing or not allowed',
    patterns: [
      /would break the schema/,
      /object class cannot be changed/,
      /cannot be compared in this way/,
      /cannot be moved to another server/,
    ],
  },
  'entry-has-children': {
    title: 'The entry has others below it',
    meaning: 'A directory deletes only entries that have nothing below them.',
    whose: DIRECTORY,
    fix: [
      'Look what is below, and move or delete it:',
      { on: 'OpenLDAP, 389', run: ['ldapsearch -H ldaps://DIRECTORY -D "BIND_DN" -W -b "ENTRY" -s one dn'] },
    ],
    retry: 'after the fix',
    example: 'the entry has entries below it; remove them first',
    patterns: [/has entries below it/],
  },
  'rename-not-possible': {
    title: 'The directory cannot rename the entry',
    meaning:
      '389 Directory Server with the attribute uniqueness plug-in fails to rename entries with certain characters in their names.',
    whose: DIRECTORY,
    fix: [
      'Rename it with the plug-in switched off:',
      { on: '389 Directory Server', run: ['dsconf INSTANCE plugin attr-uniq disable NAME', 'dsctl INSTANCE restart'] },
    ],
    retry: 'after the fix',
    example:
      'the directory cannot rename this entry: 389 Directory Server fails where a name holds , + " \\ < > ; = # or ends with a blank; rename it with the attribute uniqueness plug-in off',
    patterns: [/cannot rename this entry/],
  },
  'change-refused': {
    title: 'The directory refuses the change without a reason',
    meaning: 'It answered "unwilling to perform". Often a password or a protected account is behind it.',
    whose: DIRECTORY,
    fix: ["The directory's own words stand in the record, under what the backend said. Its own log tells more.", TRY],
    retry: 'after the fix',
    example: 'the directory refuses this change',
    patterns: [/directory refuses this change/],
  },
  'entry-outside-filter': {
    title: 'The person would be invisible to the connector',
    meaning:
      'The configuration looks only at entries that match a filter. The entry would not, so that nobody would find it again.',
    whose: CONFIGURATION,
    fix: [
      'Send what the filter asks for, let users.map write it, or change users.filter:',
      { run: ['scim-connector config show', 'scim-connector check'] },
    ],
    retry: 'after the fix',
    example:
      'the new User would not match users.filter, so that nobody would find it again: send what the filter asks for, or change the filter',
    patterns: [/would not match \S+\.filter/, /does not show the changed/, /no entry with .* is to be seen there/],
  },
  'entry-protected': {
    title: 'The account is protected',
    meaning: "The connector's configuration names it as one that Okta shall not change, an administrator's as a rule.",
    whose: CONFIGURATION,
    fix: ['Unassign that person from the app in Okta. If the protection is a mistake, correct users.protected.'],
    retry: 'after the fix',
    example: "this User is protected in the connector's configuration (users.protected) and is not changed",
    patterns: [/is protected in the connector's configuration/],
  },
  'free-values-exhausted': {
    title: 'No free number or name is left',
    meaning: 'The configuration makes a value that must be unique, and everything that it may choose from is in use.',
    whose: CONFIGURATION,
    fix: ['Widen the range in the line of users.map that the text names, then reload.'],
    retry: 'after the fix',
    example: 'uidNumber: no number from 10000 to 60000 is free; widen the range in users.map',
    patterns: [/no number from \d+ to \d+ is free/, /names after it are in use/],
  },
  'groups-not-kept': {
    title: 'This directory keeps no groups',
    meaning: 'The configuration has no place for groups, and Okta wants to push one.',
    whose: CONFIGURATION,
    fix: [
      'Name the place under [apps.NAME.groups], or do not push groups:',
      { run: ['base = "ou=groups,dc=corp,dc=example"   # under [apps.NAME.groups]'] },
      'Test and Save in Okta afterwards.',
    ],
    retry: 'after the fix',
    example: 'groups are not kept in this directory: [groups] has no base',
    patterns: [/groups are not kept in this directory/],
  },
};
