import type { BodyFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const MAPPING = 'the mapping in Okta';
const ADMIN = "Okta's administrator";

/** Whoever sends this is no agent of Okta's: it sends none of it. */
const ANOTHER_CLIENT =
  "Okta's agent sends nothing of the kind. Look who calls: the log line with the reference has the address.";

export const BODY_FAULTS: Faults<BodyFault> = {
  'body-unreadable': {
    title: 'The body of the request cannot be read',
    meaning: 'What was sent is no JSON object in UTF-8, or it is one that two readers could understand in two ways.',
    whose: ADMIN,
    fix: [ANOTHER_CLIENT, 'A proxy between agent and connector that changes bodies must be told to leave them alone.'],
    retry: 'now',
    example: 'the body is not valid JSON',
    patterns: [
      /the body (is not|must be|is empty|nests|has the key|of the request)/,
      /not UTF-8 text, or holds the replacement/,
    ],
  },
  'body-incomplete': {
    title: 'The request did not arrive whole',
    meaning:
      'The agent began a request and the rest of it did not come in time. The network between the two is slow or was cut.',
    whose: 'nobody: it passes by itself',
    fix: ['Retry. If it happens often, look at firewalls and proxies between the agent and the connector.'],
    retry: 'now',
    example: 'the request did not arrive whole within 25 s',
    patterns: [/did not arrive (whole|in time)/],
  },
  'body-too-large': {
    title: 'The request is larger than allowed',
    meaning:
      'The body, one value or a list in it is beyond what a person or a group has. A mapping in Okta sends far too much, or a limit is too low.',
    whose: MAPPING,
    fix: [
      'The text names the limit. Correct the mapping of the attribute that is so large.',
      'If the limit is server.max_body and the data is right, raise it and restart:',
      { run: ['scim-connector config show', 'max_body = "32MiB"   # under [server]'] },
    ],
    retry: 'after the fix',
    example: 'the body exceeds server.max_body (10485760 bytes)',
    patterns: [
      /the body exceeds/,
      /operations are more than/,
      /the operations compare more than/,
      /the body has (?!the key)/,
      /exceed maxOperations/,
      /URL and the headers are too long/,
    ],
  },
  'content-type-unsupported': {
    title: 'The request does not say that it is JSON',
    meaning: 'The connector reads JSON in UTF-8, and the request names another format.',
    whose: ADMIN,
    fix: [ANOTHER_CLIENT],
    retry: 'after the fix',
    example: 'Content-Type must be application/json, found "text/xml"',
    patterns: [/Content-Type must be/, /must be UTF-8|in UTF-8/],
  },
  'value-of-wrong-kind': {
    title: 'A value has the wrong form',
    meaning:
      'Okta sent a value that the attribute cannot hold: text where a number or true/false belongs, a date that is none, or a value that is too long.',
    whose: MAPPING,
    fix: [
      "The text begins with the attribute. In Okta: Directory > Profile Editor > the app's Mappings, correct what is mapped to it, or the attribute's type.",
      'What the connector expects of each custom attribute:',
      { run: ['scim-connector okta schema'] },
    ],
    retry: 'after the fix',
    example: 'active must be true or false',
    patterns: [
      /characters; name fewer attributes$/,
      /^attributes and excludedAttributes exclude each other/,
      /must name \S+SearchRequest/,
      /must be (true or false|a whole number|a date-time|base64|an object|a list|text|one of|"delete"|relative|[\w ]+, found)/,
      /has no (sub-)?attribute "/,
      /would lose digits/,
      /character that is not text/,
      /holds the character U\+0000/,
      /holds half of a surrogate pair/,
      /is too long to be found by/,
      /is there twice/,
      /changes as a whole/,
      /only one value may be primary/,
      /has \S+ (characters|values); at most/,
      /is not a date and time/,
      /value to delete is not unique/,
      /every member needs a value/,
    ],
  },
  'value-missing': {
    title: 'A required attribute has no value',
    meaning: 'Every person needs a user name and every group a name. Okta sent none, or an empty one.',
    whose: MAPPING,
    fix: [
      "Map the attribute that the text names in Okta: Directory > Profile Editor > the app's Mappings. Look whether this person has a value for it.",
    ],
    retry: 'after the fix',
    example: 'userName is required',
    patterns: [/\bis required( and cannot be removed)?$/, /^[\w.]+ is required\b(?! by object class)/],
  },
  'attribute-read-only': {
    title: 'An attribute cannot be changed in this way',
    meaning: 'The attribute is kept by the connector itself, or can be replaced and not removed.',
    whose: ADMIN,
    fix: [ANOTHER_CLIENT],
    retry: 'no',
    example: 'meta.attributes: "id" is read-only and cannot be removed',
    patterns: [
      /is (read-only|true or false) and cannot be removed/,
      /can be replaced(, not| and cannot be) removed/,
      /is read-only and cannot be changed/,
      /a member cannot be changed/,
    ],
  },
  'patch-invalid': {
    title: 'A PATCH of SCIM 2.0 cannot be read',
    meaning: 'It has no list of operations, or one of them lacks its op, path or value.',
    whose: ADMIN,
    fix: [ANOTHER_CLIENT],
    retry: 'no',
    example: 'Operations[0]: op must be add, remove or replace',
    patterns: [
      /^(Operations\[\d+\]|\S+): (op|remove|value|path|without a path)\b/,
      /^Operations (must|is missing)/,
      /must name \S+PatchOp/,
    ],
  },
  'patch-path-invalid': {
    title: 'A PATCH names a path that leads nowhere',
    meaning:
      'A path is attr, attr.part, attr[filter] or attr[filter].part, each with or without a URN before it, and the attribute must be one of the schema.',
    whose: ADMIN,
    fix: [
      'Compare the attribute mapping of the client with /Schemas of the app.',
      'With dialect = "compatible" an attribute that the schema does not have is ignored.',
    ],
    retry: 'after the fix',
    example: 'path: "shoeSize" leads to no attribute of a User',
    patterns: [/^path: /],
  },
  'patch-target-missing': {
    title: 'A PATCH changes a value that is not there',
    meaning: 'The filter in its path matches none of the values, and does not say how to make one.',
    whose: ADMIN,
    fix: ['With dialect = "compatible" a filter such as emails[type eq "work"] makes the value.'],
    retry: 'no',
    example: 'no value of emails matches the filter of the path; add one to emails itself',
    patterns: [/no value of .+ matches the filter of the path/],
  },
  'scim1-body': {
    title: 'The request is written in SCIM 1.1',
    meaning:
      'A client of SCIM 1.1 has the base URL of SCIM 2.0, which ends in /v2/. Nothing was written: what only 1.1 calls so would have been lost.',
    whose: ADMIN,
    fix: [
      'The base URL must end in /v1/, which is also the one for group push. The error text has it, and this prints it:',
      { run: ['scim-connector okta sheet'] },
      "Where the text names versions instead, this app is served in SCIM 2.0 alone: add '1.1' to versions under [apps.NAME], and reload.",
    ],
    retry: 'after the fix',
    example:
      'the request is SCIM 1.1, and SCIM 2.0 is spoken here; enter the base URL https://scim.example.com:8443/scim/v1/',
    patterns: [/the request is SCIM 1\.1, and/],
  },
  'scim2-body': {
    title: 'The request is written in SCIM 2.0',
    meaning:
      'A client of SCIM 2.0 has the base URL of SCIM 1.1, which ends in /v1/. Nothing was written: what only 2.0 calls so would have been lost.',
    whose: ADMIN,
    fix: [
      'The base URL must end in /v2/. The error text has it, and this prints it:',
      { run: ['scim-connector okta sheet'] },
      "Where the text names versions instead, this app is served in SCIM 1.1 alone: add '2.0' to versions under [apps.NAME], and reload.",
    ],
    retry: 'after the fix',
    example:
      'the request is SCIM 2.0, and SCIM 1.1 is spoken here; enter the base URL https://scim.example.com:8443/scim/v2/',
    patterns: [/the request is SCIM 2\.0, and/, /SCIM 2\.0 PatchOp/],
  },
  'bulk-invalid': {
    title: 'A bulk request makes no sense',
    meaning: 'One of its operations lacks a part, or refers to another one that failed or is not there.',
    whose: ADMIN,
    fix: [ANOTHER_CLIENT],
    retry: 'no',
    example: 'bulkId "u1" leads to an operation that failed',
    patterns: [
      /bulkId/,
      /^(an operation|Operations|failOnErrors|method|version) (must|is)/,
      /path (of a|".*" (cannot be used|must be relative)|is required)/,
      /data is required for/,
    ],
  },
  'import-file-invalid': {
    title: 'A file to be imported cannot be read',
    meaning: 'A line of it is not what the format asks for. Nothing was written.',
    whose: "the connector's host",
    fix: [
      'The text names the line. Correct it, look at all faults at once, then import:',
      { run: ['scim-connector data import FILE --dry-run', 'scim-connector data import FILE'] },
    ],
    retry: 'no',
    example: 'people.csv:3: has 4 cells, and the header 5 columns',
    patterns: [
      /cells, and the header/,
      /not (valid JSON|a JSON object)$/,
      /has a value and no name in the header/,
      /form of a CSV file/,
      /line \S+ of the file: |the file holds no entitlement/,
      /type must be "User" or "Group"/,
      /passwordHash: not an/,
      /import: stopped/,
      /save the file as UTF-8 \(in Excel/,
    ],
  },
};
