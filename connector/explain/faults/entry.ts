import type { EntryFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const MAPPING = 'the mapping in Okta';
const CONFIGURATION = "the connector's configuration";
const NOBODY = 'nobody: it passes by itself';
const DIRECTORY = "the directory's administrator";
const TRY = { run: ['scim-connector map test BODY.json', 'scim-connector map test --user NAME'] };
const PROFILE = "In Okta: Directory > Profile Editor > the app's Mappings.";

export const ENTRY_FAULTS: Faults<EntryFault> = {
  'value-refused-by-schema': {
    title: 'The directory does not take a value as it is',
    meaning:
      'Each attribute of a directory has a form: a number, a name, an address, characters of plain ASCII. The value does not have it. The text names the attribute in Okta, and in brackets in the directory.',
    whose: MAPPING,
    fix: [
      `Correct the value of this person, or what is mapped to the attribute. ${PROFILE}`,
      'What would be written, without writing it:',
      TRY,
    ],
    retry: 'after the fix',
    example:
      'emails.value (mail) "jdoé@corp.example" does not have the form that the directory asks for: characters of ASCII only',
    patterns: [/does not have the form that the directory asks for/, /invalid per syntax/, /invalidAttributeSyntax/],
  },
  'value-too-long': {
    title: 'A value is too long for the directory',
    meaning: "The directory's schema sets a limit for the attribute. The text names it and counts the characters.",
    whose: MAPPING,
    fix: [`Shorten the value of this person, or map something shorter. ${PROFILE}`, TRY],
    retry: 'after the fix',
    example: 'title "Vice President of …" has 129 characters, and the directory takes at most 128',
    patterns: [/has \d+ characters, and the directory takes at most/],
  },
  'attribute-not-in-schema': {
    title: 'The directory does not know an attribute',
    meaning:
      "The configuration maps something to an attribute that is not in the directory's schema: a slip, or a schema that was never loaded.",
    whose: CONFIGURATION,
    fix: [
      'Correct its line under [apps.NAME.users.map]. This shows the mapping that fits the directory:',
      { run: ['scim-connector map suggest'] },
    ],
    retry: 'after the fix',
    example: "title (titel) is not in the directory's schema; correct its line in users.map",
    patterns: [/is not in the directory's schema/],
  },
  'attribute-not-allowed': {
    title: 'Entries of this kind cannot have the attribute',
    meaning:
      'What an entry may hold is decided by its object classes, a list of kinds. None of those of new entries allows the attribute.',
    whose: CONFIGURATION,
    fix: [
      'Add an object class that allows it, or take the line of the attribute away with "":',
      {
        run: ['object_classes = ["inetOrgPerson", "CLASS"]   # under [apps.NAME.users]', 'scim-connector map suggest'],
      },
    ],
    retry: 'after the fix',
    example:
      'roomNumber (roomNumber) is not allowed in such an entry: add an object class that allows it to users.object_classes, or take its line out of users.map',
    patterns: [/is not allowed in such an entry/],
  },
  'attribute-required': {
    title: 'The directory asks for a value that Okta did not send',
    meaning:
      'The object class of such entries requires the attribute, a family name as a rule, and there is no value for it.',
    whose: MAPPING,
    fix: [
      `Map the attribute that the text names, and look whether the person has a value. ${PROFILE}`,
      'Or give it a fixed or made value in users.map. Try it:',
      TRY,
    ],
    retry: 'after the fix',
    example: 'name.familyName (sn) is required by object class inetOrgPerson and has no value',
    patterns: [/is required( by object class \S+)? and has no value/],
  },
  'attribute-takes-one-value': {
    title: 'The attribute takes one value only',
    meaning: 'Okta sent several values, or two attributes are mapped to one place in the directory.',
    whose: CONFIGURATION,
    fix: ['Map only one of them to the attribute, in Okta or in users.map. Try it:', TRY],
    retry: 'after the fix',
    example: 'employeeNumber (employeeNumber) takes one value only, and was given several',
    patterns: [/takes one value only/],
  },
  'value-there-already': {
    title: 'The value is there already',
    meaning: 'The entry has the value, or was given it twice. Somebody else may have changed it at the same moment.',
    whose: NOBODY,
    fix: ['Retry. If it stays, two lines of users.map write the same value: try it.', TRY],
    retry: 'now',
    example: 'emails.value (mail) "jdoe@corp.example" is given twice or is already there',
    patterns: [/is given twice or is already there/],
  },
  'value-gone-already': {
    title: 'What was to be removed is not there',
    meaning:
      'Somebody else took it away at the same moment, or the attribute is of a kind that the directory does not know.',
    whose: NOBODY,
    fix: ['Retry.'],
    retry: 'now',
    example: 'phoneNumbers.value (mobile): a value that was to be removed is not there',
    patterns: [/that was to be removed is not there/],
  },
  'attribute-kept-by-directory': {
    title: 'The directory keeps the attribute itself',
    meaning: 'The configuration maps something to an attribute that only the directory may write.',
    whose: CONFIGURATION,
    fix: ['Let its line in users.map only read it: direction = "read".'],
    retry: 'after the fix',
    example: 'memberOf is kept by the directory itself: let its line in users.map only read it',
    patterns: [/is kept by the directory itself/],
  },
  'value-beyond-ascii': {
    title: 'The directory takes plain ASCII only',
    meaning: 'A plug-in of 389 Directory Server refuses letters such as é or ü in user names and addresses.',
    whose: DIRECTORY,
    fix: [
      'Switch the plug-in off, or send ASCII:',
      {
        on: '389 Directory Server',
        run: ['dsconf INSTANCE plugin set --enabled off "7-bit check"', 'dsctl INSTANCE restart'],
      },
    ],
    retry: 'after the fix',
    example: 'userName (uid) "josé" holds characters beyond ASCII, which the directory\'s 7-bit check plug-in refuses',
    patterns: [/7-bit check/],
  },
  'value-breaks-rule': {
    title: 'A value breaks a rule of the directory',
    meaning:
      "The directory's administrator has set a rule for the attribute, or the server has one of its own. Where the text names no attribute, the server does not say which.",
    whose: DIRECTORY,
    fix: [
      "The directory's own log names the rule. Its words stand in the record too, under what the backend said.",
      TRY,
    ],
    retry: 'after the fix',
    example: 'title "…" breaks a rule that the directory\'s administrator has set',
    patterns: [/breaks a rule/],
  },
  'reference-leads-nowhere': {
    title: 'The directory does not know an entry that is referred to',
    meaning:
      'A member or a manager was deleted in the directory, or moved, at the same moment or outside of the connector.',
    whose: NOBODY,
    fix: [
      'Retry: the connector reads the references again. If it stays, look who is gone:',
      { run: ['scim-connector trace GROUP'] },
    ],
    retry: 'now',
    example: 'a reference to another entry leads to nobody',
    patterns: [/reference to another entry leads to nobody/],
  },
};
