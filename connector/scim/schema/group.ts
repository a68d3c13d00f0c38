import { type Attribute, references, string } from './attribute.ts';

/** SCIM core Group (SCIM 1.1 Core §8). Names are unique: Okta expects 409 (docs/okta-agent.md, Groups). */
export const groupAttributes: readonly Attribute[] = [
  string('displayName', 'A human readable name for the Group.', { required: true, unique: true, isName: true }),
  references(
    'members',
    'member',
    'A list of members of the Group.',
    string('value', 'The id of a SCIM User or Group resource.'),
    ['User', 'Group'],
    { clearedWhenAbsent: true },
  ),
];
